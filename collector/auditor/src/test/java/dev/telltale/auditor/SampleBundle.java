package dev.telltale.auditor;

import static dev.telltale.protocol.message.Samples.NOON;
import static dev.telltale.protocol.message.Samples.fill;
import static dev.telltale.protocol.message.Samples.key;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Bundle;
import dev.telltale.protocol.bundle.BundledEnrolment;
import dev.telltale.protocol.bundle.BundledEnvelope;
import dev.telltale.protocol.bundle.BundledStatement;
import dev.telltale.protocol.bundle.TrustFile;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Nist;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.Coverage;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Genesis;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Policy;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Proof;
import dev.telltale.protocol.message.Reason;
import dev.telltale.protocol.message.ReferenceStatement;
import dev.telltale.protocol.message.ReferenceValues;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.message.Statement;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tpm.ClockInfo;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.verifier.AttestBuilder;
import dev.telltale.verifier.SoftTpm;
import dev.telltale.verifier.enrolment.EkAuthority;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A bundle made by hand, right in every hash and signature. What a test changes before {@link
 * #build} is carried through: everything behind it is signed and committed anew, as by a collector
 * or device that lies in this one point. {@link #afterwards} changes the bundle itself, as by
 * somebody without any key.
 */
final class SampleBundle {
  static final EkAuthority MANUFACTURER = EkAuthority.root("A manufacturer");
  static final EkAuthority SIMULATION = EkAuthority.root("A simulation");
  static final P256Key OPERATOR = key(1);
  static final P256Key MESSAGE = key(2);
  static final P256Key STRANGER = key(3);
  static final P256Key BOOTSTRAP = key(4);
  static final Ed25519NoteSigner LOG = Samples.noteSigner();
  static final SoftTpm TPM = new SoftTpm();

  private static final Bytes CORRELATION = fill(0xc0, 16);
  private static final Bytes BOOT = fill(0x0e, 16);
  private static final Suite SUITE = new Nist(Providers.jdk());

  Ed25519NoteSigner logSigner = LOG;
  String noteOrigin = LOG.key().name();

  String genesisOrigin = LOG.key().name();
  String genesisLogKey = LOG.key().text();
  PublicPoint genesisOperator = OPERATOR.publicKey();
  P256Key policySigner = OPERATOR;
  PcrSelection policySelection = values(0x48).selection();
  String referenceGroup = "north";
  long referenceUntil;
  boolean inviteShown = true;
  int inviteSuite = 1;
  List<Grade> inviteGrades = List.of(Grade.MANUFACTURER, Grade.APPROVED, Grade.SIMULATION);

  P256Key helloSigner = BOOTSTRAP;
  String helloKind = Hello.KIND;
  Hello.Endorsement endorsement = TPM.endorsedBy(MANUFACTURER);
  Bytes akArea = TPM.akPublicArea();
  Optional<Bytes> akOfFacts = Optional.empty();
  List<Integer> helloSuites = List.of(1);
  UnaryOperator<Digest> boundHello = UnaryOperator.identity();
  int challengers = 1;
  Bytes proofCorrelation = CORRELATION;
  P256Key proofSigner = TPM.ak();
  Bytes proofBoot = BOOT;
  UnaryOperator<AttestBuilder> proofQuote = UnaryOperator.identity();
  Grade grade = Grade.MANUFACTURER;
  UnaryOperator<Digest> resultHello = UnaryOperator.identity();
  UnaryOperator<Digest> resultActivate = UnaryOperator.identity();
  UnaryOperator<Digest> resultProof = UnaryOperator.identity();
  DeviceId resultDevice = Samples.DEVICE;
  long resultNext = 1;
  long factsNext = 1;
  Optional<Result.Closing> resultClosing = Optional.empty();

  int entriesBetween;
  DeviceId device = Samples.DEVICE;
  long sequence = 1;
  UnaryOperator<Digest> previous = UnaryOperator.identity();
  long firstReading = 1;
  Optional<Reason> reason = Optional.empty();
  Manifest.Times times = new Manifest.Times(NOON + 60_000, NOON + 70_000);
  long issued = NOON;
  String boundOrigin = LOG.key().name();
  long boundSize = 5;
  Bytes sealedBoot = BOOT;
  PcrValues quotedValues = values(0x48);
  P256Key envelopeSigner = TPM.ak();
  UnaryOperator<AttestBuilder> envelopeQuote = UnaryOperator.identity();
  Tier tier = Tier.AFFIRMING;
  Coverage coverage = Coverage.AGENT_ONLY;
  long verdictPolicy = 1;
  long verdictReference = 2;
  long verdictPrevious = 4;
  long arrival = NOON + 71_000;
  List<String> reasons = List.of();
  List<Bytes> packs = List.of(pack("291"), pack("0.50"), pack("7"));
  UnaryOperator<Bundle> afterwards = UnaryOperator.identity();

  private final SampleLog log = new SampleLog();
  private final List<CoseSign1> statements = new ArrayList<>();

  static PcrValues values(int register8) {
    return new PcrValues(
        new TreeMap<>(
            Map.of(
                TpmHash.SHA256.algorithm(),
                new TreeMap<>(Map.of(0, fill(0x40, 32), 8, fill(register8, 32))))));
  }

  static Bytes pack(String value) {
    return new Reading(
            "power", NOON + 60_000, Optional.of(new BigDecimal(value)), "W", Quality.GOOD)
        .encode();
  }

  static TrustFile trustFile() {
    return new TrustFile(
        LOG.key(),
        OPERATOR.publicKey(),
        List.of(MANUFACTURER.certificate()),
        List.of(SIMULATION.certificate()));
  }

  static Trust trust() {
    try {
      return Trust.parse(trustFile().encode(), "north.trust");
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  Bytes build() {
    statements();
    Enrolment enrolment = enrol();
    SampleReadings readings = new SampleReadings(device, firstReading, packs);
    for (int i = 0; i < entriesBetween; i++) {
      log.append(new Leaf(Samples.digest(i)));
    }
    BundledEnvelope envelope = envelope(enrolment, readings);
    long place = envelope.place().index();
    log.append(new Leaf(Samples.digest(0x66)));
    Checkpoint checkpoint = new Checkpoint(noteOrigin, log.size(), log.root());
    Bundle bundle =
        new Bundle(
            SignedNote.sign(checkpoint.text(), List.of(logSigner)).encode(),
            bundledStatements(),
            new BundledEnrolment(
                enrolment.hello.encoded(),
                enrolment.activate.encoded(),
                enrolment.proof,
                enrolment.facts,
                log.place(4),
                enrolment.result.encoded()),
            new BundledEnvelope(
                envelope.manifest(),
                envelope.attest(),
                envelope.signature(),
                envelope.values(),
                envelope.verdict(),
                log.place(place)),
            List.of(readings.shown(0), readings.shown(1)));
    return afterwards.apply(bundle).encode();
  }

  private void statements() {
    ReferenceValues accepted =
        new ReferenceValues(
            new TreeMap<>(
                Map.of(
                    TpmHash.SHA256.algorithm(),
                    new TreeMap<>(
                        Map.of(0, List.of(fill(0x40, 32)), 8, List.of(fill(0x48, 32)))))));
    state(OPERATOR, new Genesis(genesisOrigin, genesisLogKey, genesisOperator, NOON));
    state(policySigner, new Policy(1, policySelection, NOON));
    state(
        OPERATOR,
        new ReferenceStatement(
            referenceGroup, 1, accepted, NOON, referenceUntil, "agent 1.0", NOON));
    state(
        OPERATOR,
        new Invite(
            inviteSuite,
            Samples.TICKET,
            NOON + 1,
            40,
            "north",
            inviteGrades,
            BOOTSTRAP.publicKey()));
  }

  private void state(P256Key signer, Statement statement) {
    CoseSign1 signed = CoseSign1.sign(signer, statement.kind(), statement.encode());
    statements.add(signed);
    log.append(Leaf.statement(log.salt(), Sha256.of(signed.payload())));
  }

  private List<BundledStatement> bundledStatements() {
    List<BundledStatement> bundled = new ArrayList<>();
    for (int i = 0; i < (inviteShown ? 4 : 3); i++) {
      bundled.add(new BundledStatement(statements.get(i).encoded(), log.place(i)));
    }
    return bundled;
  }

  private record Enrolment(
      CoseSign1 hello, CoseSign1 activate, Bytes proof, Bytes facts, CoseSign1 result) {}

  private Enrolment enrol() {
    CoseSign1 hello =
        CoseSign1.sign(
            helloSigner,
            helloKind,
            new Hello(
                    helloSuites,
                    CORRELATION,
                    Samples.TICKET,
                    endorsement,
                    akArea,
                    key(6).publicKey().spki(),
                    "meter-17",
                    4)
                .encode());
    Digest helloHash = SUITE.hash(hello.payload());
    Activate activate = activate(helloHash);
    CoseSign1 activated = CoseSign1.sign(MESSAGE, Activate.KIND, activate.encode());
    Digest activateHash = SUITE.hash(activated.payload());
    Bytes proof = proof(helloHash, activateHash, activate);
    Digest proofHash = SUITE.hash(proof);
    Bytes facts =
        new EnrolmentFacts(
                Samples.DEVICE, akOfFacts.orElse(akArea), 1, grade, factsNext, Optional.empty())
            .encode();
    Digest messages = SUITE.hash(Preimages.enrolmentMessages(helloHash, activateHash, proofHash));
    log.append(Leaf.enrolment(log.salt(), SUITE.hash(facts), messages));
    Result result =
        new Result(
            1,
            CORRELATION,
            resultHello.apply(helloHash),
            resultActivate.apply(activateHash),
            resultProof.apply(proofHash),
            resultDevice,
            fill(0xce, 48),
            List.of(),
            resultNext,
            resultClosing,
            "meter-17");
    CoseSign1 signed = CoseSign1.sign(MESSAGE, Result.KIND, result.encode());
    return new Enrolment(hello, activated, proof, facts, signed);
  }

  private Activate activate(Digest helloHash) {
    List<Activate.Challenger> all = new ArrayList<>();
    for (int i = 0; i < challengers; i++) {
      all.add(
          new Activate.Challenger(
              MESSAGE.publicKey().kid(), fill(0x71, 68), fill(0x72, 68), Samples.digest(0x0c)));
    }
    return new Activate(1, CORRELATION, boundHello.apply(helloHash), all, values(0x48).selection());
  }

  private Bytes proof(Digest hello, Digest activated, Activate activate) {
    Bytes bound = Preimages.enrolmentQuote(hello, activated, activate.nonces(), BOOT);
    AttestBuilder quote =
        TPM.quote(SUITE.hash(bound), values(0x48)).clock(new ClockInfo(4_000_000, 3, 1, true));
    Bytes attest = proofQuote.apply(quote).build();
    return new Proof(
            1,
            proofCorrelation,
            List.of(Samples.digest(0x6d)),
            attest,
            proofSigner.sign(attest),
            values(0x48),
            proofBoot,
            Bytes.EMPTY)
        .encode();
  }

  private BundledEnvelope envelope(Enrolment enrolment, SampleReadings readings) {
    Bytes manifest =
        new Manifest(
                1,
                device,
                sequence,
                previous.apply(SUITE.hash(enrolment.result.payload())),
                firstReading,
                packs.size(),
                readings.roots(),
                Samples.digest(0xe0),
                Samples.digest(0xe1),
                times,
                new Manifest.BoundChallenge(Samples.digest(0x0c), issued),
                new Manifest.BoundCheckpoint(
                    Sha256.of(Bytes.utf8(boundOrigin)),
                    boundSize,
                    Samples.digest(0x01),
                    Samples.digest(0x02)),
                new Manifest.BootSeeds(BOOT, sealedBoot),
                new Manifest.LogExtent(0, SUITE.hash()),
                reason)
            .encode();
    Digest bound = SUITE.hash(Preimages.envelopeQuote(manifest));
    Bytes attest = envelopeQuote.apply(TPM.quote(bound, quotedValues)).build();
    Bytes verdict =
        new Verdict(
                tier, coverage, verdictPolicy, verdictReference, verdictPrevious, arrival, reasons)
            .encode();
    Bytes salt = log.salt();
    log.append(Leaf.envelope(salt, SUITE.hash(manifest), SUITE.hash(attest), verdict));
    Bytes signature = envelopeSigner.sign(attest);
    // its place is known when the log is complete
    return new BundledEnvelope(
        manifest, attest, signature, quotedValues, verdict, log.place(log.size() - 1));
  }
}
