package dev.telltale.verifier;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Ecdsa;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmsAttest;
import dev.telltale.verifier.QuoteAppraisal.Contraindicated;
import dev.telltale.verifier.QuoteAppraisal.Genuine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Appraises one quote (TPM 2.0 Part 3, TPM2_Quote): all that can be said from the bytes, the
 * registered key and what was demanded. Safe for several threads.
 */
public final class QuoteVerifier {

  /**
   * What the quote has to be.
   *
   * @param signer qualified name of the AK
   * @param firmwareVersion as enrolled; empty while enrolling
   */
  public record Demand(
      PublicPoint ak,
      Bytes signer,
      OptionalLong firmwareVersion,
      PcrSelection selection,
      Digest qualifyingData) {}

  private record Question(
      Providers providers,
      Evidence evidence,
      TpmsAttest attest,
      TpmsAttest.Quote quote,
      Demand demand) {}

  private interface Answer {
    Optional<Contradiction> to(Question question);
  }

  private record Step(Check check, Answer answer) {}

  /** The order matters to nobody but the reader of a refusal: all of them must pass. */
  private static final List<Step> STEPS =
      List.of(
          new Step(Check.QUOTE_SELECTION, QuoteVerifier::selection),
          new Step(Check.QUOTE_SIGNER, QuoteVerifier::signer),
          new Step(Check.QUOTE_SIGNATURE, QuoteVerifier::signature),
          new Step(Check.QUOTE_FIRMWARE, QuoteVerifier::firmware),
          new Step(Check.QUOTE_QUALIFYING, QuoteVerifier::qualifying),
          new Step(Check.QUOTE_VALUES, QuoteVerifier::values));

  private final Providers providers;
  private final List<Step> steps;

  public QuoteVerifier(Providers providers) {
    this(providers, _ -> true);
  }

  /** For the test that mutes each check in turn and shows what then gets through. */
  QuoteVerifier(Providers providers, Predicate<Check> active) {
    this.providers = providers;
    this.steps = STEPS.stream().filter(step -> active.test(step.check)).toList();
  }

  /** What is looked at once the form is right, in this order. */
  static List<Check> checks() {
    return STEPS.stream().map(Step::check).toList();
  }

  public QuoteAppraisal appraise(Evidence evidence, Demand demand) {
    Question question;
    try {
      TpmsAttest attest = TpmsAttest.parse(evidence.attest());
      question = new Question(providers, evidence, attest, attest.asQuote(), demand);
    } catch (MalformedException e) {
      return new Contraindicated(Contradiction.of(e));
    }
    for (Step step : steps) {
      Optional<Contradiction> found = step.answer.to(question);
      if (found.isPresent()) {
        return new Contraindicated(found.get());
      }
    }
    return new Genuine(question.attest, evidence.values());
  }

  /** Exactly these registers: a quote over fewer vouches for values it never covered. */
  private static Optional<Contradiction> selection(Question q) {
    PcrSelection claimed = q.evidence.values().selection();
    if (!q.quote.covers(q.demand.selection)) {
      return found(Check.QUOTE_SELECTION, q.demand.selection, "another selection in the quote");
    }
    return claimed.equals(q.demand.selection)
        ? Optional.empty()
        : found(Check.QUOTE_SELECTION, q.demand.selection, claimed);
  }

  private static Optional<Contradiction> signer(Question q) {
    return same(Check.QUOTE_SIGNER, q.demand.signer, q.attest.qualifiedSigner());
  }

  private static Optional<Contradiction> signature(Question q) {
    boolean valid =
        Ecdsa.verify(q.providers, q.demand.ak, q.evidence.attest(), q.evidence.signature());
    return valid
        ? Optional.empty()
        : Optional.of(new Contradiction(Check.QUOTE_SIGNATURE, "the AK did not sign these bytes"));
  }

  private static Optional<Contradiction> firmware(Question q) {
    OptionalLong enrolled = q.demand.firmwareVersion;
    return enrolled.isEmpty()
        ? Optional.empty()
        : same(
            Check.QUOTE_FIRMWARE,
            Long.toHexString(enrolled.getAsLong()),
            Long.toHexString(q.attest.firmwareVersion()));
  }

  private static Optional<Contradiction> qualifying(Question q) {
    return same(Check.QUOTE_QUALIFYING, q.demand.qualifyingData.value(), q.attest.extraData());
  }

  private static Optional<Contradiction> values(Question q) {
    return same(Check.QUOTE_VALUES, q.quote.pcrDigest(), q.evidence.values().digest());
  }

  private static Optional<Contradiction> same(Check check, Object expected, Object actual) {
    return expected.equals(actual) ? Optional.empty() : found(check, expected, actual);
  }

  private static Optional<Contradiction> found(Check check, Object expected, Object actual) {
    return Optional.of(Contradiction.of(check, expected, actual));
  }
}
