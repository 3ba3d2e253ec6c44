package dev.telltale.auditor;

import static dev.telltale.protocol.message.Samples.NOON;
import static dev.telltale.protocol.message.Samples.digest;
import static dev.telltale.protocol.message.Samples.fill;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.bundle.Bundle;
import dev.telltale.protocol.bundle.BundledEnrolment;
import dev.telltale.protocol.bundle.BundledEnvelope;
import dev.telltale.protocol.bundle.BundledStatement;
import dev.telltale.protocol.bundle.Place;
import dev.telltale.protocol.bundle.ShownReading;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Reason;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tpm.ClockInfo;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.verifier.SoftTpm;
import dev.telltale.verifier.enrolment.EkAuthority;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** For each check one bundle that is wrong in this point only, and nothing else finds it. */
final class AuditTest {
  private static final DeviceId OTHER_DEVICE = new DeviceId(fill(0x99, 16));
  private static final List<String> WORDS =
      List.of("file", "log", "statements", "enrolment", "envelope", "values", "readings", "time");

  private static Report audit(Bytes bundle) {
    return new Audit(SampleBundle.trust(), Providers.jdk()).of(bundle);
  }

  private static Report verified(Consumer<SampleBundle> change) {
    SampleBundle sample = new SampleBundle();
    change.accept(sample);
    Report report = audit(sample.build());
    assertTrue(report.verified(), () -> String.join("\n", TextReport.lines(report)));
    return report;
  }

  private static void fails(String word, Check check, Consumer<SampleBundle> fault) {
    SampleBundle sample = new SampleBundle();
    fault.accept(sample);
    requireFailed(word, check, audit(sample.build()));
  }

  private static void requireFailed(String word, Check check, Report report) {
    List<Finding> findings = report.findings();
    String text = String.join("\n", TextReport.lines(report));
    assertFalse(report.verified(), text);
    assertEquals(WORDS.subList(0, findings.size()), findings.stream().map(Finding::word).toList());
    assertTrue(findings.subList(0, findings.size() - 1).stream().allMatch(Finding::ok), text);
    assertEquals(word, findings.getLast().word(), text);
    assertEquals(Optional.of(check.text()), findings.getLast().failed(), text);
    assertTrue(report.readings().isEmpty() && report.subject().isEmpty());
  }

  private static boolean leavesOpen(Report report, String start) {
    return report.notProven().stream().anyMatch(open -> open.startsWith(start));
  }

  @Test
  void rightBundleIsVerifiedAndSaysWhatItDoesNotProve() {
    Report report = verified(_ -> {});
    assertEquals(WORDS, report.findings().stream().map(Finding::word).toList());
    assertEquals(Optional.of(new Report.Subject(Samples.DEVICE, 5)), report.subject());
    assertEquals(
        List.of("power 291 W", "power 0.50 W"),
        report.readings().stream().map(ProvenReading::text).toList());
    assertEquals(
        "2 revealed, 1 proven to exist and not shown", report.findings().get(6).sentence());
    assertTrue(leavesOpen(report, "that the sensor told the truth"));
    assertTrue(leavesOpen(report, "what ran before the agent measured itself"));
    assertTrue(leavesOpen(report, "that the AK is in the TPM of that EK"));
    assertFalse(leavesOpen(report, "any hardware"));
    assertFalse(leavesOpen(report, "that the device belongs to group"));
  }

  @Test
  void simulationIsVerifiedAndSaidToBeNoHardware() {
    Report report =
        verified(sample -> {
          sample.endorsement = SampleBundle.TPM.endorsedBy(SampleBundle.SIMULATION);
          sample.grade = Grade.SIMULATION;
        });
    assertTrue(leavesOpen(report, "any hardware"));
    assertTrue(report.findings().get(3).sentence().contains("a simulated TPM"));
  }

  @Test
  void approvedKeyIsTheOperatorsWord() {
    Report report =
        verified(sample -> {
          sample.endorsement =
              new Hello.Endorsement(SampleBundle.TPM.ekPublicArea(), Bytes.EMPTY, List.of());
          sample.grade = Grade.APPROVED;
        });
    assertTrue(leavesOpen(report, "that the EK is that of a TPM"));
  }

  @Test
  void groupIsTheCollectorsWordWithoutAnInvite() {
    Report report = verified(sample -> sample.inviteShown = false);
    assertTrue(leavesOpen(report, "that the device belongs to group north"));
  }

  @Test
  void laterEnvelopeIsVerifiedWithoutThoseBeforeIt() {
    verified(sample -> {
      sample.sequence = 7;
      sample.previous = _ -> digest(0x05);
      sample.firstReading = 100;
      sample.entriesBetween = 1;
      sample.verdictPrevious = 5;
    });
  }

  @Test
  void lossAndWarningAreShown() {
    Report report =
        verified(sample -> {
          sample.firstReading = 11;
          sample.reason = Optional.of(Reason.NOT_STORED);
          sample.sealedBoot = fill(0x0d, 16);
          sample.tier = Tier.WARNING;
          sample.reasons = List.of("sealed-before");
        });
    assertTrue(leavesOpen(report, "the readings before number 11"));
    assertTrue(leavesOpen(report, "who wrote the readings"));
    assertTrue(report.findings().get(4).sentence().endsWith("warning (sealed-before)"));
  }

  @Test
  void fileThatIsNoBundleFails() {
    Bytes bundle = new SampleBundle().build();
    requireFailed("file", Check.FORM_TRAILING, audit(Bytes.concat(bundle, Bytes.hex("00"))));
    requireFailed("file", Check.FORM_TRUNCATED, audit(bundle.slice(0, bundle.length() - 1)));
  }

  @Test
  void noteOfAnotherKeyFails() {
    fails(
        "log",
        Check.NOTE_SIGNATURE,
        sample ->
            sample.logSigner =
                Ed25519NoteSigner.fromSeed(SampleBundle.LOG.key().name(), fill(8, 32).toArray()));
  }

  @Test
  void noteOfAnotherLogFails() {
    fails("log", Check.CHECKPOINT_ORIGIN, sample -> sample.noteOrigin = "telltale.example.org/a");
  }

  @Test
  void statementByAnotherKeyFails() {
    fails(
        "statements",
        Check.STATEMENT_SIGNATURE,
        sample -> sample.policySigner = SampleBundle.STRANGER);
  }

  @Test
  void statementThatTheLogDoesNotHoldFails() {
    fails(
        "statements",
        Check.RECEIPT_INCLUSION,
        sample ->
            sample.afterwards =
                statements(all -> {
                  BundledStatement policy = all.get(1);
                  all.set(1, new BundledStatement(policy.signed(), salted(policy.place())));
                }));
  }

  @Test
  void logWithoutItsGenesisFails() {
    fails(
        "statements",
        Check.STATEMENT_KIND,
        sample -> sample.afterwards = statements(all -> all.remove(0)));
  }

  @Test
  void genesisOfAnotherLogFails() {
    fails(
        "statements",
        Check.CHECKPOINT_ORIGIN,
        sample -> sample.genesisOrigin = "telltale.example.org/south");
  }

  @Test
  void genesisOfAnotherLogKeyFails() {
    fails("statements", Check.NOTE_KEY, sample -> sample.genesisLogKey = "x");
  }

  @Test
  void genesisOfAnotherOperatorFails() {
    fails(
        "statements",
        Check.STATEMENT_SIGNATURE,
        sample -> sample.genesisOperator = SampleBundle.STRANGER.publicKey());
  }

  @Test
  void enrolmentThatTheLogDoesNotHoldFails() {
    fails(
        "enrolment",
        Check.RECEIPT_INCLUSION,
        sample ->
            sample.afterwards =
                enrolment(was ->
                    new BundledEnrolment(
                        was.hello(),
                        was.activate(),
                        was.proof(),
                        was.facts(),
                        salted(was.place()),
                        was.result())));
  }

  @Test
  void messageOfAnotherKindFails() {
    fails("enrolment", Check.COSE_TYP, sample -> sample.helloKind = "result");
  }

  @Test
  void activateForAnotherHelloFails() {
    fails("enrolment", Check.ENROL_BINDING, sample -> sample.boundHello = _ -> digest(1));
  }

  @Test
  void resultForOtherMessagesFails() {
    fails("enrolment", Check.ENROL_BINDING, sample -> sample.resultHello = _ -> digest(1));
    fails("enrolment", Check.ENROL_BINDING, sample -> sample.resultActivate = _ -> digest(1));
    fails("enrolment", Check.ENROL_BINDING, sample -> sample.resultProof = _ -> digest(1));
  }

  @Test
  void messagesOfSeveralConversationsFail() {
    fails("enrolment", Check.ENROL_BINDING, sample -> sample.proofCorrelation = fill(1, 16));
  }

  @Test
  void unansweredChallengerFails() {
    fails("enrolment", Check.ENROL_BINDING, sample -> sample.challengers = 2);
  }

  @Test
  void factsThatAreNotThoseOfTheMessagesFail() {
    fails(
        "enrolment",
        Check.ENROL_BINDING,
        sample -> sample.akOfFacts = Optional.of(new SoftTpm().akPublicArea()));
    fails("enrolment", Check.ENROL_BINDING, sample -> sample.resultDevice = OTHER_DEVICE);
    fails("enrolment", Check.ENROL_BINDING, sample -> sample.helloSuites = List.of(2));
    fails("enrolment", Check.ENROL_BINDING, sample -> sample.resultNext = 2);
    fails(
        "enrolment",
        Check.ENROL_BINDING,
        sample -> sample.resultClosing = Optional.of(new Result.Closing(1, digest(1))));
  }

  @Test
  void helloNotSignedByTheInvitesKeyFails() {
    fails(
        "enrolment",
        Check.ENROL_HELLO_SIGNATURE,
        sample -> sample.helloSigner = SampleBundle.STRANGER);
  }

  @Test
  void inviteForAnotherSuiteOrGradeFails() {
    fails("enrolment", Check.ENROL_SUITE, sample -> sample.inviteSuite = 2);
    fails("enrolment", Check.ENROL_GRADE, sample -> sample.inviteGrades = List.of(Grade.APPROVED));
  }

  @Test
  void simulationThatPassesForHardwareFails() {
    fails(
        "enrolment",
        Check.ENROL_GRADE,
        sample -> sample.endorsement = SampleBundle.TPM.endorsedBy(SampleBundle.SIMULATION));
  }

  @Test
  void endorsementOfAnUntrustedAuthorityFails() {
    fails(
        "enrolment",
        Check.ENROL_EK_CHAIN,
        sample -> sample.endorsement = SampleBundle.TPM.endorsedBy(EkAuthority.root("Nobody")));
  }

  @Test
  void certificateOfAnotherEndorsementKeyFails() {
    fails(
        "enrolment",
        Check.ENROL_EK_CERTIFICATE,
        sample ->
            sample.endorsement =
                new Hello.Endorsement(
                    new SoftTpm().ekPublicArea(), sample.endorsement.certificate(), List.of()));
  }

  @Test
  void attestationKeyThatSignsAnythingFails() {
    String unrestricted = SampleBundle.TPM.akPublicArea().toHex().replace("00050472", "00040472");
    fails(
        "enrolment", Check.ENROL_AK_ATTRIBUTES, sample -> sample.akArea = Bytes.hex(unrestricted));
  }

  @Test
  void proofBySomethingElseThanTheAkFails() {
    fails("enrolment", Check.QUOTE_SIGNATURE, sample -> sample.proofSigner = SampleBundle.STRANGER);
  }

  @Test
  void proofOfAnotherConversationFails() {
    fails("enrolment", Check.QUOTE_QUALIFYING, sample -> sample.proofBoot = fill(1, 16));
  }

  @Test
  void envelopeThatTheLogDoesNotHoldFails() {
    fails(
        "envelope",
        Check.RECEIPT_INCLUSION,
        sample ->
            sample.afterwards =
                envelope(was ->
                    new BundledEnvelope(
                        was.manifest(),
                        was.attest(),
                        was.signature(),
                        was.values(),
                        was.verdict(),
                        salted(was.place()))));
  }

  @Test
  void envelopeOfAnotherDeviceFails() {
    fails("envelope", Check.DEVICE_UNKNOWN, sample -> sample.device = OTHER_DEVICE);
  }

  @Test
  void verdictByAPolicyThatIsNotShownFails() {
    fails("envelope", Check.STATEMENT_KIND, sample -> sample.verdictPolicy = 2);
  }

  @Test
  void quoteOverOtherRegistersThanThePolicysFails() {
    fails(
        "envelope",
        Check.QUOTE_SELECTION,
        sample -> sample.policySelection = PcrSelection.of(TpmHash.SHA256, List.of(0, 7, 8)));
  }

  @Test
  void quoteByAnotherKeyFails() {
    fails(
        "envelope",
        Check.QUOTE_SIGNER,
        sample -> sample.envelopeQuote = quote -> quote.signer(new SoftTpm().qualifiedName()));
    fails(
        "envelope", Check.QUOTE_SIGNATURE, sample -> sample.envelopeSigner = SampleBundle.STRANGER);
  }

  @Test
  void quoteOfAnotherTpmFirmwareFails() {
    fails(
        "envelope",
        Check.QUOTE_FIRMWARE,
        sample -> sample.envelopeQuote = quote -> quote.firmware(1));
  }

  @Test
  void quoteOverAnotherManifestFails() {
    fails(
        "envelope",
        Check.QUOTE_QUALIFYING,
        sample -> sample.envelopeQuote = quote -> quote.extraData(fill(1, 32)));
  }

  @Test
  void valuesThatWereNotQuotedFail() {
    fails(
        "envelope",
        Check.QUOTE_VALUES,
        sample -> sample.envelopeQuote = quote -> quote.digest(digest(1)));
  }

  @Test
  void quoteFromBeforeTheEnrolmentFails() {
    fails(
        "envelope",
        Check.CLOCK_BACK,
        sample ->
            sample.envelopeQuote = quote -> quote.clock(new ClockInfo(9_000_000, 2, 9, true)));
  }

  @Test
  void firstEnvelopeThatGoesOnFromSomethingElseFails() {
    fails("envelope", Check.ORDER_PREVIOUS, sample -> sample.previous = _ -> digest(1));
    fails("envelope", Check.ORDER_PREVIOUS, sample -> sample.verdictPrevious = 3);
  }

  @Test
  void laterEnvelopeWithoutOneBeforeItFails() {
    fails("envelope", Check.ORDER_PREVIOUS, sample -> sample.sequence = 2);
  }

  @Test
  void readingNumberUsedBeforeFails() {
    fails(
        "envelope",
        Check.ORDER_READING_SEQ,
        sample -> {
          sample.factsNext = 5;
          sample.resultNext = 5;
        });
  }

  @Test
  void lossWithoutAReasonOrAReasonWithoutLossFails() {
    fails("envelope", Check.ORDER_REASON, sample -> sample.firstReading = 2);
    fails("envelope", Check.ORDER_REASON, sample -> sample.reason = Optional.of(Reason.FULL));
  }

  @Test
  void checkpointOfAnotherLogOrTimeFails() {
    fails("envelope", Check.CHECKPOINT_ORIGIN, sample -> sample.boundOrigin = "elsewhere");
    fails("envelope", Check.CHECKPOINT_OLD, sample -> sample.boundSize = 4);
    fails("envelope", Check.CHECKPOINT_UNKNOWN, sample -> sample.boundSize = 6);
  }

  @Test
  void affirmingWhatWasSealedBeforeTheBootFails() {
    fails("envelope", Check.RECEIPT_VERDICT, sample -> sample.sealedBoot = fill(1, 16));
  }

  @Test
  void registerOutsideTheReferenceSetFails() {
    fails(
        "values",
        Check.REFERENCE_VALUES,
        sample -> sample.quotedValues = SampleBundle.values(0x49));
  }

  @Test
  void referenceSetThatIsNotShownFails() {
    fails("values", Check.STATEMENT_KIND, sample -> sample.verdictReference = 1);
  }

  @Test
  void referenceSetOfAnotherTimeOrGroupFails() {
    fails("values", Check.REFERENCE_NONE, sample -> sample.referenceUntil = NOON + 1);
    fails("values", Check.REFERENCE_NONE, sample -> sample.referenceGroup = "south");
  }

  @Test
  void ciphertextThatIsNotInTheManifestFails() {
    fails(
        "readings",
        Check.ENVELOPE_CIPHERTEXTS,
        sample ->
            sample.afterwards =
                reading(was ->
                    new ShownReading(
                        was.item(),
                        Bytes.concat(was.ciphertext(), Bytes.hex("00")),
                        was.key(),
                        was.ciphertextPath(),
                        was.keyPath())));
  }

  @Test
  void readingShownAsAnotherItemFails() {
    fails(
        "readings",
        Check.ENVELOPE_CIPHERTEXTS,
        sample ->
            sample.afterwards =
                reading(was ->
                    new ShownReading(
                        2, was.ciphertext(), was.key(), was.ciphertextPath(), was.keyPath())));
  }

  @Test
  void keyThatIsNotInTheManifestFails() {
    fails(
        "readings",
        Check.ENVELOPE_KEYS,
        sample ->
            sample.afterwards =
                reading(was ->
                    new ShownReading(
                        was.item(),
                        was.ciphertext(),
                        fill(1, 32),
                        was.ciphertextPath(),
                        was.keyPath())));
  }

  @Test
  void ciphertextThatOpensToNoReadingFails() {
    fails(
        "readings",
        Check.ENVELOPE_READING,
        sample -> sample.packs = List.of(SampleBundle.pack("1"), Bytes.hex("00")));
  }

  @Test
  void readingOutsideTheManifestsTimesFails() {
    fails(
        "readings",
        Check.ENVELOPE_TIMES,
        sample -> sample.times = new Manifest.Times(NOON + 60_001, NOON + 70_000));
  }

  @Test
  void nonceFromBehindTheArrivalFails() {
    fails("time", Check.CHALLENGE_NONCE, sample -> sample.issued = NOON + 71_001);
  }

  @Test
  void suspectAndMissingValuesAreShownAsSuch() {
    Report report =
        verified(sample -> {
          Reading suspect =
              new Reading("power", NOON + 60_000, Optional.of(BigDecimal.ONE), "", Quality.SUSPECT);
          Reading missing =
              new Reading("power", NOON + 60_000, Optional.empty(), "W", Quality.NO_VALUE);
          sample.packs = List.of(suspect.encode(), missing.encode());
        });
    assertEquals(
        List.of("power 1 (suspect)", "power no value W"),
        report.readings().stream().map(ProvenReading::text).toList());
  }

  private static Place salted(Place place) {
    return new Place(fill(0x5a, 32), place.index(), place.path());
  }

  private static UnaryOperator<Bundle> statements(Consumer<List<BundledStatement>> change) {
    return was -> {
      List<BundledStatement> statements = new ArrayList<>(was.statements());
      change.accept(statements);
      return new Bundle(was.note(), statements, was.enrolment(), was.envelope(), was.readings());
    };
  }

  private static UnaryOperator<Bundle> enrolment(UnaryOperator<BundledEnrolment> change) {
    return was ->
        new Bundle(
            was.note(),
            was.statements(),
            change.apply(was.enrolment()),
            was.envelope(),
            was.readings());
  }

  private static UnaryOperator<Bundle> envelope(UnaryOperator<BundledEnvelope> change) {
    return was ->
        new Bundle(
            was.note(),
            was.statements(),
            was.enrolment(),
            change.apply(was.envelope()),
            was.readings());
  }

  /** Changes the last reading shown. */
  private static UnaryOperator<Bundle> reading(UnaryOperator<ShownReading> change) {
    return was ->
        new Bundle(
            was.note(),
            was.statements(),
            was.enrolment(),
            was.envelope(),
            List.of(was.readings().getFirst(), change.apply(was.readings().getLast())));
  }
}
