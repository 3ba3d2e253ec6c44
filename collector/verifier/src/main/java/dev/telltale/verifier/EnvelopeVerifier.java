package dev.telltale.verifier;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.RecipientSet;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.ReadingLeaves;
import dev.telltale.protocol.tlog.TreeHash;
import dev.telltale.verifier.EnvelopeAppraisal.Contraindicated;
import dev.telltale.verifier.EnvelopeAppraisal.Genuine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Appraises an envelope without opening it ({@code spec/envelope.md}): what a validator without any
 * key can repeat. Safe for several threads.
 */
public final class EnvelopeVerifier {

  /** The statements and the record an envelope is held against. */
  public record Context(EnrolmentRecord device, AppraisalPolicy policy, RecipientSet recipients) {}

  private record Question(Suite suite, Envelope envelope, Manifest manifest, Context context) {}

  private interface Answer {
    Optional<Contradiction> to(Question question);
  }

  private record Step(Check check, Answer answer) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(Check.DEVICE_UNKNOWN, EnvelopeVerifier::device),
          new Step(Check.FORM_SUITE, EnvelopeVerifier::suite),
          new Step(Check.RECIPIENTS_UNKNOWN, EnvelopeVerifier::recipients),
          new Step(Check.ENVELOPE_EKEY_HASH, EnvelopeVerifier::ekeyHash),
          new Step(Check.ENVELOPE_KIDS, EnvelopeVerifier::kids),
          new Step(Check.ENVELOPE_COUNT, EnvelopeVerifier::count),
          new Step(Check.ENVELOPE_CIPHERTEXTS, EnvelopeVerifier::ciphertexts),
          new Step(Check.ENVELOPE_EKEY_FORM, EnvelopeVerifier::ekeyForm),
          new Step(Check.ENVELOPE_LOG, EnvelopeVerifier::log));

  private final Suite suite;
  private final QuoteVerifier quotes;
  private final List<Step> steps;

  public EnvelopeVerifier(Providers providers, Suite suite) {
    this(suite, new QuoteVerifier(providers), _ -> true);
  }

  /** For the test that mutes each check in turn and shows what then gets through. */
  EnvelopeVerifier(Suite suite, QuoteVerifier quotes, Predicate<Check> active) {
    this.suite = suite;
    this.quotes = quotes;
    this.steps = STEPS.stream().filter(step -> active.test(step.check)).toList();
  }

  /** What is looked at besides the quote, in this order. */
  static List<Check> checks() {
    return STEPS.stream().map(Step::check).toList();
  }

  /** With the manifest as decoded from this envelope. */
  public EnvelopeAppraisal appraise(Envelope envelope, Manifest manifest, Context context) {
    EnrolmentRecord device = context.device;
    QuoteVerifier.Demand demand =
        new QuoteVerifier.Demand(
            device.ak(),
            device.qualifiedSigner(),
            OptionalLong.of(device.firmwareVersion()),
            context.policy.selection(),
            suite.hash(Preimages.envelopeQuote(envelope.manifest())));
    Evidence evidence = new Evidence(envelope.attest(), envelope.signature(), envelope.values());
    return switch (quotes.appraise(evidence, demand)) {
      case QuoteAppraisal.Contraindicated(Contradiction why) -> new Contraindicated(why);
      case QuoteAppraisal.Genuine quote ->
          contents(new Question(suite, envelope, manifest, context))
              .<EnvelopeAppraisal>map(Contraindicated::new)
              .orElseGet(() -> new Genuine(envelope, manifest, quote.attest()));
    };
  }

  private Optional<Contradiction> contents(Question question) {
    return steps.stream().flatMap(step -> step.answer.to(question).stream()).findFirst();
  }

  /** The AK is enrolled for one device and speaks for no other. */
  private static Optional<Contradiction> device(Question q) {
    return same(Check.DEVICE_UNKNOWN, q.context.device.device(), q.manifest.device());
  }

  private static Optional<Contradiction> suite(Question q) {
    return same(Check.FORM_SUITE, q.context.device.suite(), q.manifest.suite());
  }

  /** Of the payload, which decoding accepts in one encoding only. */
  private static Optional<Contradiction> recipients(Question q) {
    return same(
        Check.RECIPIENTS_UNKNOWN,
        q.suite.hash(q.context.recipients.encode()),
        q.manifest.recipientSet());
  }

  private static Optional<Contradiction> ekeyHash(Question q) {
    return same(
        Check.ENVELOPE_EKEY_HASH, q.manifest.ekey(), q.suite.hash(q.envelope.ekey().encode()));
  }

  private static Optional<Contradiction> kids(Question q) {
    return same(Check.ENVELOPE_KIDS, q.context.recipients.kids(), q.envelope.ekey().kids());
  }

  private static Optional<Contradiction> count(Question q) {
    return same(Check.ENVELOPE_COUNT, q.manifest.count(), q.envelope.ciphertexts().size());
  }

  private static Optional<Contradiction> ciphertexts(Question q) {
    TreeHash tree = MerkleHash.of(q.suite);
    List<Digest> leaves =
        q.envelope.ciphertexts().stream()
            .map(each -> ReadingLeaves.ofCiphertext(tree, each))
            .toList();
    return same(
        Check.ENVELOPE_CIPHERTEXTS,
        q.manifest.roots().ciphertexts(),
        MerkleTree.root(tree, leaves));
  }

  private static Optional<Contradiction> ekeyForm(Question q) {
    return q.envelope.ekey().recipients().stream()
        .map(wrapped -> wrapped.blob().length())
        .filter(length -> length != q.suite.blobLength())
        .findFirst()
        .map(length -> Contradiction.of(Check.ENVELOPE_EKEY_FORM, q.suite.blobLength(), length));
  }

  /** No device measures into a log yet: exactly the empty one is legal. */
  private static Optional<Contradiction> log(Question q) {
    Manifest.LogExtent none = new Manifest.LogExtent(0, q.suite.hash(Bytes.EMPTY));
    if (q.envelope.log().isPresent()) {
      return Optional.of(new Contradiction(Check.ENVELOPE_LOG, "log entries the manifest lacks"));
    }
    return same(Check.ENVELOPE_LOG, none, q.manifest.log());
  }

  private static Optional<Contradiction> same(Check check, Object expected, Object actual) {
    return expected.equals(actual)
        ? Optional.empty()
        : Optional.of(Contradiction.of(check, expected, actual));
  }
}
