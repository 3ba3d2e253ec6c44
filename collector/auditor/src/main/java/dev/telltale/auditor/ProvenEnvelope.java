package dev.telltale.auditor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.BundledEnvelope;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Policy;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmName;
import dev.telltale.protocol.tpm.TpmsAttest;
import dev.telltale.verifier.Evidence;
import dev.telltale.verifier.QuoteAppraisal;
import dev.telltale.verifier.QuoteVerifier;
import java.util.OptionalLong;

/**
 * The enrolled AK has quoted this manifest and these register values, the log holds them with this
 * verdict, and they come after the enrolment.
 */
record ProvenEnvelope(
    Manifest manifest, Verdict verdict, PcrValues values, TpmsAttest quoted, long leaf)
    implements Proven {

  static ProvenEnvelope check(
      BundledEnvelope bundled,
      ProvenLog log,
      ProvenStatements statements,
      ProvenEnrolment enrolment,
      Providers providers)
      throws FailedCheck, MalformedException {
    Manifest manifest = Manifest.decode(bundled.manifest());
    Verdict verdict = Verdict.decode(bundled.verdict());
    log.requireContains(leaf(bundled, enrolment.suite()), bundled.place(), "the envelope");
    requireOf(manifest, enrolment);
    Policy policy = statements.policy(verdict.policy());
    TpmsAttest quoted = requireQuote(bundled, policy, enrolment, providers);
    ProvenEnvelope envelope =
        new ProvenEnvelope(manifest, verdict, bundled.values(), quoted, bundled.place().index());
    envelope.requireAfter(enrolment);
    envelope.requireCheckpointOf(log, enrolment);
    FailedCheck.unless(
        verdict.tier() != Tier.AFFIRMING || !manifest.boot().sealedBeforeThisBoot(),
        Check.RECEIPT_VERDICT,
        "affirming, though the readings were sealed before the boot that was quoted");
    return envelope;
  }

  private static Leaf leaf(BundledEnvelope bundled, Suite suite) {
    return Leaf.envelope(
        bundled.place().salt(),
        suite.hash(bundled.manifest()),
        suite.hash(bundled.attest()),
        bundled.verdict());
  }

  private static void requireOf(Manifest manifest, ProvenEnrolment enrolment) throws FailedCheck {
    FailedCheck.unless(
        manifest.device().equals(enrolment.facts().device()),
        Check.DEVICE_UNKNOWN,
        "the envelope is of device " + manifest.device());
    FailedCheck.unless(
        manifest.suite() == enrolment.facts().suite(),
        Check.FORM_SUITE,
        "the envelope is of suite " + manifest.suite());
  }

  private static TpmsAttest requireQuote(
      BundledEnvelope bundled, Policy policy, ProvenEnrolment enrolment, Providers providers)
      throws FailedCheck {
    Bytes bound = Preimages.envelopeQuote(bundled.manifest());
    QuoteVerifier.Demand demand =
        new QuoteVerifier.Demand(
            enrolment.ak().point(),
            TpmName.qualifiedEndorsementPrimary(enrolment.ak().name()),
            OptionalLong.of(enrolment.quoted().firmwareVersion()),
            policy.selection(),
            enrolment.suite().hash(bound));
    Evidence evidence = new Evidence(bundled.attest(), bundled.signature(), bundled.values());
    return switch (new QuoteVerifier(providers).appraise(evidence, demand)) {
      case QuoteAppraisal.Genuine(TpmsAttest attest, _) -> attest;
      case QuoteAppraisal.Contraindicated(var why) -> throw FailedCheck.of(why);
    };
  }

  private void requireAfter(ProvenEnrolment enrolment) throws FailedCheck {
    FailedCheck.unless(
        !quoted.clockInfo().before(enrolment.quoted().clockInfo()),
        Check.CLOCK_BACK,
        "by the TPM's counters the quote was made before the enrolment");
    boolean first = manifest.sequence() == 1;
    FailedCheck.unless(
        verdict.previous() < leaf
            && (first
                ? verdict.previous() == enrolment.leaf()
                : verdict.previous() > enrolment.leaf()),
        Check.ORDER_PREVIOUS,
        "leaf %d cannot be the device's entry before envelope %d"
            .formatted(verdict.previous(), manifest.sequence()));
    if (first) {
      requireFirst(enrolment);
    }
  }

  /** The first envelope goes on from the enrolment itself. */
  private void requireFirst(ProvenEnrolment enrolment) throws FailedCheck {
    FailedCheck.unless(
        manifest.previous().equals(enrolment.messages().resultHash()),
        Check.ORDER_PREVIOUS,
        "the first manifest does not go on from this enrolment's result");
    long lost = manifest.firstReading() - enrolment.facts().nextReading();
    FailedCheck.unless(
        lost >= 0,
        Check.ORDER_READING_SEQ,
        "reading " + manifest.firstReading() + " a second time");
    FailedCheck.unless(
        manifest.reason().isPresent() == (lost > 0),
        Check.ORDER_REASON,
        lost + " readings lost, and a reason given: " + manifest.reason().isPresent());
  }

  /** The device had verified a checkpoint with its enrolment; its envelope was not yet there. */
  private void requireCheckpointOf(ProvenLog log, ProvenEnrolment enrolment) throws FailedCheck {
    FailedCheck.unless(
        manifest.checkpoint().origin().equals(Sha256.of(Bytes.utf8(log.checkpoint().origin()))),
        Check.CHECKPOINT_ORIGIN,
        "the device had verified a checkpoint of another log");
    FailedCheck.unless(
        manifest.checkpoint().size() > enrolment.leaf(),
        Check.CHECKPOINT_OLD,
        "the checkpoint at %d is from before the enrolment"
            .formatted(manifest.checkpoint().size()));
    FailedCheck.unless(
        manifest.checkpoint().size() <= leaf,
        Check.CHECKPOINT_UNKNOWN,
        "the checkpoint at %d is from behind the envelope".formatted(manifest.checkpoint().size()));
  }

  @Override
  public String sentence() {
    String tier = verdict.tier().text();
    return "number %s, leaf %s, quoted by that AK; committed as %s"
        .formatted(
            Words.number(manifest.sequence()),
            Words.number(leaf),
            verdict.reasons().isEmpty()
                ? tier
                : tier + " (" + String.join(", ", verdict.reasons()) + ")");
  }
}
