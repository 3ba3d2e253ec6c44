package dev.telltale.auditor;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Bundle;
import dev.telltale.protocol.bundle.BundledEnrolment;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tpm.TpmsAttest;
import dev.telltale.verifier.QuoteAppraisal;
import dev.telltale.verifier.enrolment.AkChecks;
import dev.telltale.verifier.enrolment.EkChain;
import dev.telltale.verifier.enrolment.ProofVerifier;
import java.time.Instant;
import java.util.Optional;

/**
 * The log holds this enrolment, its messages belong together, its EK is that of a TPM of the grade
 * claimed, and its AK can only quote, which it has shown.
 *
 * @param quoted what the AK signed while enrolling
 * @param invite what permitted it, if the bundle shows that
 */
record ProvenEnrolment(
    EnrolmentFacts facts,
    Suite suite,
    EnrolmentMessages messages,
    AkChecks.Accepted ak,
    TpmsAttest quoted,
    Optional<Invite> invite,
    long leaf)
    implements Proven {

  static ProvenEnrolment check(
      Bundle bundle, ProvenLog log, ProvenStatements statements, Trust trust, Providers providers)
      throws FailedCheck, MalformedException {
    BundledEnrolment bundled = bundle.enrolment();
    EnrolmentFacts facts = EnrolmentFacts.decode(bundled.facts());
    Suite suite = Suite.numbered(facts.suite(), providers);
    EnrolmentMessages messages = EnrolmentMessages.read(bundled, suite);
    log.requireContains(leaf(bundled, messages, suite), bundled.place(), "the enrolment");
    messages.requireBound();
    messages.requireAgreeWith(facts);
    Optional<Invite> invite = statements.invite(messages.hello().ticket());
    if (invite.isPresent()) {
      requirePermitted(bundled, facts, invite.get(), providers);
    }
    // Nobody says when the enrolment was; it was before the envelope arrived.
    Instant at = Instant.ofEpochMilli(Verdict.decode(bundle.envelope().verdict()).arrival());
    requireGrade(messages.hello(), facts.grade(), trust, at);
    AkChecks.Accepted ak = AkChecks.check(facts.ak());
    TpmsAttest quoted = requireQuote(messages, ak, providers, suite);
    return new ProvenEnrolment(facts, suite, messages, ak, quoted, invite, bundled.place().index());
  }

  private static Leaf leaf(BundledEnrolment bundled, EnrolmentMessages messages, Suite suite) {
    return Leaf.enrolment(
        bundled.place().salt(),
        suite.hash(bundled.facts()),
        suite.hash(
            Preimages.enrolmentMessages(
                messages.helloHash(), messages.activateHash(), messages.proofHash())));
  }

  private static void requirePermitted(
      BundledEnrolment bundled, EnrolmentFacts facts, Invite invite, Providers providers)
      throws FailedCheck, MalformedException {
    FailedCheck.unless(
        CoseSign1.decode(bundled.hello()).verifiedBy(providers, invite.bootstrap()),
        Check.ENROL_HELLO_SIGNATURE,
        "the hello is not signed by the invite's bootstrap key");
    FailedCheck.unless(
        invite.suite() == facts.suite(),
        Check.ENROL_SUITE,
        "the invite is for suite " + invite.suite());
    FailedCheck.unless(
        invite.grades().contains(facts.grade()),
        Check.ENROL_GRADE,
        "the invite does not accept the grade " + facts.grade().text());
  }

  /** A list and an operator's approval are the collector's word; a chain anybody checks. */
  private static void requireGrade(Hello hello, Grade claimed, Trust trust, Instant at)
      throws FailedCheck, MalformedException {
    switch (claimed) {
      case MANUFACTURER, SIMULATION -> {
        Grade found = new EkChain(trust.roots()).grade(hello.ek(), at);
        FailedCheck.unless(
            found == claimed,
            Check.ENROL_GRADE,
            "the log says %s, the EK certificate chains to a %s root of %s"
                .formatted(claimed.text(), found.text(), trust.name()));
      }
      case LISTED, APPROVED -> {
        return;
      }
    }
  }

  private static TpmsAttest requireQuote(
      EnrolmentMessages messages, AkChecks.Accepted ak, Providers providers, Suite suite)
      throws FailedCheck {
    QuoteAppraisal appraisal =
        new ProofVerifier(providers, suite)
            .quote(
                messages.proof(),
                new ProofVerifier.Conversation(
                    messages.helloHash(), messages.activateHash(), messages.activate()),
                ak);
    return switch (appraisal) {
      case QuoteAppraisal.Genuine(TpmsAttest attest, _) -> attest;
      case QuoteAppraisal.Contraindicated(var why) -> throw FailedCheck.of(why);
    };
  }

  @Override
  public String sentence() {
    return "device %s, leaf %s; %s"
        .formatted(facts.device(), Words.number(leaf), Words.endorsement(facts.grade()));
  }
}
