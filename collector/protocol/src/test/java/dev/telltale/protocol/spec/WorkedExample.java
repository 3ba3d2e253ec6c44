package dev.telltale.protocol.spec;

import static dev.telltale.protocol.message.Samples.DEVICE;
import static dev.telltale.protocol.message.Samples.NOON;
import static dev.telltale.protocol.message.Samples.fill;
import static dev.telltale.protocol.message.Samples.key;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Code;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Bundle;
import dev.telltale.protocol.bundle.BundledEnrolment;
import dev.telltale.protocol.bundle.BundledEnvelope;
import dev.telltale.protocol.bundle.BundledStatement;
import dev.telltale.protocol.bundle.Place;
import dev.telltale.protocol.bundle.TrustFile;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Nist;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.Challenge;
import dev.telltale.protocol.message.Coverage;
import dev.telltale.protocol.message.DeviceStatus;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Enrolled;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.RecipientSet;
import dev.telltale.protocol.message.Refusal;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.message.Statement;
import dev.telltale.protocol.message.Ticket;
import dev.telltale.protocol.message.TicketFile;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One device from its ticket to a bundle of its first envelope, every hash and signature right. The
 * log has six leaves: genesis, policy, reference set, invite, enrolment, envelope. Certificates and
 * credentials are fillers.
 */
final class WorkedExample {
  static final P256Key OPERATOR = key(1);
  static final P256Key MESSAGE = key(2);
  static final P256Key BOOTSTRAP = key(4);
  static final P256Key WRAP = key(5);
  static final P256Key TLS = key(6);
  static final Bytes SECRET = fill(0x53, 32);
  static final Bytes CHALLENGE_KEY = fill(0xc4, 32);
  static final Bytes ACTIVATION_SECRET = fill(0x5e, 32);

  static final Bytes CORRELATION = fill(0xc0, 16);
  static final Bytes BOOT = fill(0x0e, 16);
  static final Bytes CERTIFICATE = fill(0xce, 48);

  private final Suite suite = new Nist(Providers.jdk());
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Bytes> blocks = new LinkedHashMap<>();
  private final ExampleLog log = new ExampleLog();
  private final List<BundledStatement> statements = new ArrayList<>();

  private WorkedExample() {}

  /** Every example by its name in the specification. Signatures and wraps differ in each call. */
  static Map<String, Bytes> blocks() throws MalformedException {
    WorkedExample example = new WorkedExample();
    example.build();
    return example.blocks;
  }

  private Bytes put(String name, Bytes encoded) {
    blocks.put(name, encoded);
    return encoded;
  }

  private CoseSign1 put(String name, P256Key signer, String kind, Bytes payload) {
    CoseSign1 signed = CoseSign1.sign(signer, kind, put(name, payload));
    put(name + "-signed", signed.encoded());
    return signed;
  }

  private void build() throws MalformedException {
    put("cbor", anyItem());
    put("reading-no-value", ExampleReadings.reading(NOON, Optional.empty(), Quality.NO_VALUE));
    PcrValues values = values();
    CoseSign1 recipients =
        put(
            "recipients",
            OPERATOR,
            RecipientSet.KIND,
            new RecipientSet(1, 1, List.of(WRAP.publicKey())).encode());
    statements(values);
    put("ticket-file", TicketFile.of(ExampleStatements.invite(), ticket(recipients)).encode());
    Enrolment enrolment = enrol(values);
    envelope(values, Sha256.of(recipients.payload()), enrolment);
    put("state", new DeviceStatus(true, 5, enrolment.bound().root()).encode());
    put(
        "trust-file",
        new TrustFile(
                ExampleLog.SIGNER.key(), OPERATOR.publicKey(), List.of(CERTIFICATE), List.of())
            .encode());
  }

  private static Bytes anyItem() {
    CborWriter out = new CborWriter().map(3).uint(1).array(6);
    out.uint(0).uint(23).uint(24).uint(256).uint(65_536).integer(-1);
    return out.uint(2).bytes(Bytes.hex("0102")).text("q").text("é").toBytes();
  }

  private static PcrValues values() {
    return new PcrValues(
        new TreeMap<>(
            Map.of(
                TpmHash.SHA256.algorithm(),
                new TreeMap<>(Map.of(0, fill(0x40, 32), 8, fill(0x48, 32))))));
  }

  private void statements(PcrValues values) {
    for (Statement statement : ExampleStatements.all(values)) {
      String kind = statement.kind();
      CoseSign1 signed = put(kind, OPERATOR, kind, statement.encode());
      Bytes salt = log.salt();
      if (!kind.equals(Invite.KIND)) {
        statements.add(
            new BundledStatement(signed.encoded(), new Place(salt, log.size(), List.of())));
      }
      log.append(Leaf.statement(salt, Sha256.of(signed.payload())));
    }
  }

  private CoseSign1 ticket(CoseSign1 recipients) {
    return put(
        "ticket",
        OPERATOR,
        Ticket.KIND,
        new Ticket(
                1,
                Samples.TICKET,
                block("invite-signed"),
                "mqtts://telltale.example.org:8883",
                CERTIFICATE,
                MESSAGE.publicKey(),
                OPERATOR.publicKey(),
                recipients.encoded(),
                ExampleLog.SIGNER.key().text(),
                log.note(),
                new Ticket.Bootstrap(CERTIFICATE, BOOTSTRAP.pkcs8()),
                OPERATOR.publicKey(),
                List.of())
            .encode());
  }

  private Bytes block(String name) {
    return Objects.requireNonNull(blocks.get(name));
  }

  private record Enrolment(
      Bytes facts,
      Digest result,
      Challenge challenge,
      Bytes salt,
      Manifest.BoundCheckpoint bound) {}

  private Enrolment enrol(PcrValues values) throws MalformedException {
    Digest hello =
        suite.hash(put("hello", BOOTSTRAP, Hello.KIND, ExampleEnrolment.hello()).payload());
    Activate activate = ExampleEnrolment.activate(hello, values.selection());
    Digest activated =
        suite.hash(put("activate", MESSAGE, Activate.KIND, activate.encode()).payload());
    Digest proven =
        suite.hash(put("proof", ExampleEnrolment.proof(suite, hello, activated, values)));
    Bytes facts =
        put(
            "enrolment-facts",
            new EnrolmentFacts(
                    DEVICE, ExampleTpm.akPublicArea(), 1, Grade.MANUFACTURER, 1, Optional.empty())
                .encode());
    Bytes salt = log.salt();
    Digest messages = suite.hash(Preimages.enrolmentMessages(hello, activated, proven));
    log.append(Leaf.enrolment(salt, suite.hash(facts), messages));
    Result result =
        new Result(
            1,
            CORRELATION,
            hello,
            activated,
            proven,
            DEVICE,
            CERTIFICATE,
            List.of(CERTIFICATE),
            1,
            Optional.empty(),
            "meter-17");
    return enrolled(result, facts, salt);
  }

  private Enrolment enrolled(Result result, Bytes facts, Bytes salt) {
    CoseSign1 signed = put("result", MESSAGE, Result.KIND, result.encode());
    Bytes note = log.note();
    List<Digest> consistency = log.consistency();
    Receipt receipt = new Receipt(0, salt, Bytes.EMPTY, 4, log.path(4), note, 4, consistency);
    Challenge challenge =
        new Challenge(1, DEVICE, ExampleEnrolment.nonce(NOON), NOON, note, 5, List.of());
    CoseSign1 challenged = put("challenge", MESSAGE, Challenge.KIND, challenge.encode());
    put(
        "enrolled",
        new Enrolled(signed.encoded(), receipt.encode(), challenged.encoded()).encode());
    put("checkpoint", note);
    return new Enrolment(
        facts,
        suite.hash(signed.payload()),
        challenge,
        salt,
        new Manifest.BoundCheckpoint(
            Sha256.of(Bytes.utf8(ExampleLog.SIGNER.key().name())), 5, log.root(), Sha256.of(note)));
  }

  private void envelope(PcrValues values, Digest recipientSet, Enrolment enrolment)
      throws MalformedException {
    ExampleReadings sealed = ExampleReadings.seal(suite);
    put("reading", sealed.packs().get(0));
    put("reading-decimal", sealed.packs().get(1));
    put("reading-key", sealed.keys().getFirst());
    put("ciphertext", sealed.ciphertexts().getFirst());
    EKey ekey = ekey(recipientSet);
    Manifest manifest =
        new Manifest(
            1,
            DEVICE,
            1,
            enrolment.result(),
            1,
            sealed.ciphertexts().size(),
            sealed.roots(),
            suite.hash(put("ekey", ekey.encode())),
            recipientSet,
            new Manifest.Times(NOON + 60_000, NOON + 70_000),
            new Manifest.BoundChallenge(enrolment.challenge().nonce(), NOON),
            enrolment.bound(),
            new Manifest.BootSeeds(BOOT, BOOT),
            new Manifest.LogExtent(0, suite.hash()),
            Optional.empty());
    Bytes attest =
        ExampleTpm.quote(
            suite.hash(Preimages.envelopeQuote(put("manifest", manifest.encode()))), values);
    Envelope envelope =
        new Envelope(
            manifest.encode(),
            put("attest", attest),
            ExampleTpm.sign(attest),
            values,
            ekey,
            sealed.ciphertexts(),
            Optional.empty());
    Bytes message = put("envelope", envelope.encode());
    answers(envelope, message);
    commit(envelope, sealed, enrolment);
  }

  private EKey ekey(Digest recipientSet) {
    PublicPoint recipient = WRAP.publicKey();
    try (ContentSecret secret = ContentSecret.of(SECRET)) {
      Bytes blob = suite.wrap(secret, recipient, DEVICE, recipientSet, random);
      return new EKey(List.of(new EKey.Wrapped(recipient.kid(), blob)));
    }
  }

  /** What a collector would say if this envelope did not suit it. */
  private void answers(Envelope envelope, Bytes message) {
    put(
        "refusal",
        MESSAGE,
        Refusal.KIND,
        new Refusal(
                1,
                DEVICE,
                1,
                Sha256.of(message),
                Code.HOLD,
                "reference.values",
                "PCR 8 is 4848..., accepted is 4a4a...",
                Duration.ofMinutes(1),
                Optional.empty())
            .encode());
    put(
        "refusal-rewind",
        new Refusal(
                1,
                DEVICE,
                3,
                Sha256.of(Bytes.utf8("the message with sequence 3")),
                Code.REWIND,
                "order.sequence",
                "sequence 3, expected 2",
                Duration.ZERO,
                Optional.of(
                    new Refusal.Committed(
                        envelope.manifest(), envelope.attest(), envelope.signature())))
            .encode());
  }

  private void commit(Envelope envelope, ExampleReadings sealed, Enrolment enrolment) {
    Bytes verdict =
        put(
            "verdict",
            new Verdict(Tier.AFFIRMING, Coverage.AGENT_ONLY, 1, 2, 4, NOON + 71_000, List.of())
                .encode());
    Bytes salt = log.salt();
    Leaf leaf =
        Leaf.envelope(
            salt, suite.hash(envelope.manifest()), suite.hash(envelope.attest()), verdict);
    put("leaf", leaf.encode());
    log.append(leaf);
    List<Digest> consistency = log.consistency();
    put(
        "receipt",
        new Receipt(1, salt, verdict, 5, log.path(5), log.note(), 5, consistency).encode());
    put(
        "bundle",
        new Bundle(
                log.note(),
                statements.stream().map(this::inTree).toList(),
                new BundledEnrolment(
                    block("hello-signed"),
                    block("activate-signed"),
                    block("proof"),
                    enrolment.facts(),
                    new Place(enrolment.salt(), 4, log.path(4)),
                    block("result-signed")),
                new BundledEnvelope(
                    envelope.manifest(),
                    envelope.attest(),
                    envelope.signature(),
                    envelope.values(),
                    verdict,
                    new Place(salt, 5, log.path(5))),
                List.of(sealed.shown(0)))
            .encode());
  }

  private BundledStatement inTree(BundledStatement statement) {
    Place place = statement.place();
    return new BundledStatement(
        statement.signed(), new Place(place.salt(), place.index(), log.path(place.index())));
  }
}
