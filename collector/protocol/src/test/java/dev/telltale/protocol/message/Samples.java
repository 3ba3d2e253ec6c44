package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Code;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Bundle;
import dev.telltale.protocol.bundle.BundledEnrolment;
import dev.telltale.protocol.bundle.BundledEnvelope;
import dev.telltale.protocol.bundle.BundledStatement;
import dev.telltale.protocol.bundle.Place;
import dev.telltale.protocol.bundle.ShownReading;
import dev.telltale.protocol.bundle.TrustFile;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.TestKeys;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One of each record, the same in every run. Hashes and blobs are one byte repeated. */
public final class Samples {
  public static final DeviceId DEVICE = new DeviceId(Bytes.hex("000102030405060708090a0b0c0d0e0f"));
  public static final DeviceId TICKET = new DeviceId(Bytes.hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
  public static final long NOON = 1_795_521_600_000L;

  /** Multiples of the generator of P-256, from 1: x and y. */
  private static final List<String> POINTS =
      List.of(
          "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
              + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
          "7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978"
              + "07775510db8ed040293d9ac69f7430dbba7dade63ce982299e04b79d227873d1",
          "5ecbe4d1a6330a44c8f7ef951d4bf165e6c6b721efada985fb41661bc6e7fd6c"
              + "8734640c4998ff7e374b06ce1a64a2ecd82ab036384fb83d9a79b127a27d5032",
          "e2534a3532d08fbba02dde659ee62bd0031fe2db785596ef509302446b030852"
              + "e0f1575a4c633cc719dfee5fda862d764efc96c3f30ee0055c42c23f184ed8c6",
          "51590b7a515140d2d784c85608668fdfef8c82fd1f5be52421554a0dc3d033ed"
              + "e0c17da8904a727d8ae1bf36bf8a79260d012f00d4d80888d1d0bb44fda16da4",
          "b01a172a76a4602c92d3242cb897dde3024c740debb215b4c6b0aae93c2291a9"
              + "e85c10743237dad56fec0e2dfba703791c00f7701c7e16bdfd7c48538fc77fe2");

  private Samples() {}

  public static Bytes fill(int value, int length) {
    byte[] filled = new byte[length];
    Arrays.fill(filled, (byte) value);
    return Bytes.of(filled);
  }

  public static Digest digest(int value) {
    return new Digest(fill(value, Digest.LENGTH));
  }

  public static Manifest manifest(Optional<Reason> reason) {
    return new Manifest(
        1,
        DEVICE,
        7,
        digest(0x05),
        57_214,
        2,
        new Manifest.Roots(digest(0x08), digest(0x18)),
        digest(0x09),
        digest(0x0a),
        new Manifest.Times(NOON - 10_000, NOON),
        new Manifest.BoundChallenge(digest(0x0c), NOON - 60_000),
        new Manifest.BoundCheckpoint(digest(0x0d), 81_203, digest(0x1d), digest(0x2d)),
        new Manifest.BootSeeds(fill(0x0e, 16), fill(0x0e, 16)),
        new Manifest.LogExtent(6, digest(0x0f)),
        reason);
  }

  public static Verdict verdict() {
    return new Verdict(
        Tier.WARNING, Coverage.AGENT_ONLY, 1, 12, 81_190, NOON + 250, List.of("late"));
  }

  public static Receipt receipt() {
    return new Receipt(
        7,
        fill(0x5a, 32),
        verdict().encode(),
        81_203,
        List.of(digest(0x11), digest(0x12)),
        Bytes.utf8("note"),
        81_190,
        List.of(digest(0x13)));
  }

  public static Refusal refusal() {
    return new Refusal(
        1,
        DEVICE,
        7,
        digest(0x05),
        Code.HOLD,
        "reference.values",
        "PCR values are in no active reference set",
        Duration.ofMinutes(1),
        Optional.empty());
  }

  public static Refusal rewind(Refusal.Position position) {
    return new Refusal(
        1,
        DEVICE,
        9,
        digest(0x05),
        Code.REWIND,
        "order.sequence",
        "envelope sequence is not the next one",
        Duration.ZERO,
        Optional.of(position));
  }

  public static Challenge challenge() {
    return new Challenge(
        1, DEVICE, digest(0x0c), NOON, Bytes.utf8("note"), 81_190, List.of(digest(0x13)));
  }

  public static EKey ekey() {
    return new EKey(
        List.of(
            new EKey.Wrapped(digest(0x21), fill(0x31, 113)),
            new EKey.Wrapped(digest(0x22), fill(0x32, 113))));
  }

  public static DeviceStatus status() {
    return new DeviceStatus(true, 81_203, digest(0x1d));
  }

  public static Enrolled enrolled() {
    return new Enrolled(Bytes.utf8("result"), Bytes.utf8("receipt"), Bytes.utf8("challenge"));
  }

  /** The scalar 1 to 6 as a private key: everybody knows it. */
  public static P256Key key(int scalar) {
    byte[] secret = new byte[32];
    secret[31] = (byte) scalar;
    try {
      return P256Key.parse(Providers.jdk(), TestKeys.pkcs8(Bytes.of(secret), point(scalar)));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static Bytes point(int scalar) {
    return Bytes.hex("04" + POINTS.get(scalar - 1));
  }

  public static PcrValues values() {
    return new PcrValues(
        new TreeMap<>(
            Map.of(
                TpmHash.SHA256.algorithm(),
                new TreeMap<>(Map.of(0, fill(0x40, 32), 8, fill(0x48, 32))))));
  }

  public static Envelope envelope() {
    return new Envelope(
        manifest(Optional.empty()).encode(),
        fill(0xa7, 145),
        fill(0x51, 64),
        values(),
        ekey(),
        List.of(fill(0xc1, 46), fill(0xc2, 46)),
        Optional.empty());
  }

  public static Envelope envelopeWithLog() {
    Envelope envelope = envelope();
    return new Envelope(
        envelope.manifest(),
        envelope.attest(),
        envelope.signature(),
        envelope.values(),
        envelope.ekey(),
        List.of(),
        Optional.of(Bytes.hex("43010203")));
  }

  public static RecipientSet recipientSet() {
    return new RecipientSet(
        1, 3, Stream.of(key(1), key(2)).map(P256Key::publicKey).sorted().toList());
  }

  public static Invite invite() {
    return new Invite(
        1,
        DEVICE,
        NOON,
        40,
        "north",
        List.of(Grade.MANUFACTURER, Grade.SIMULATION),
        key(1).publicKey());
  }

  public static Genesis genesis() {
    return new Genesis(
        "telltale.example.org/north",
        "telltale.example.org/north+8f2c11d0+AQ==",
        key(1).publicKey(),
        NOON);
  }

  public static Policy policy() {
    return new Policy(1, values().selection(), NOON);
  }

  public static ReferenceStatement reference() {
    return new ReferenceStatement(
        "north",
        2,
        new ReferenceValues(
            new TreeMap<>(
                Map.of(
                    TpmHash.SHA256.algorithm(),
                    new TreeMap<>(
                        Map.of(
                            0,
                            List.of(fill(0x40, 32)),
                            8,
                            List.of(fill(0x48, 32), fill(0x49, 32))))))),
        NOON - 1_000,
        NOON,
        "agent 1.1",
        NOON - 2_000);
  }

  public static Hello hello() {
    return new Hello(
        List.of(1),
        fill(0xc0, 16),
        DEVICE,
        new Hello.Endorsement(fill(0xe1, 122), fill(0xe2, 64), List.of(fill(0xe3, 64))),
        fill(0xa1, 90),
        key(2).publicKey().spki(),
        "meter-17",
        5);
  }

  public static Activate activate() {
    return new Activate(
        1,
        fill(0xc0, 16),
        digest(0x68),
        List.of(
            new Activate.Challenger(digest(0x21), fill(0x71, 68), fill(0x72, 68), digest(0x0c))),
        values().selection());
  }

  public static Proof proof() {
    return new Proof(
        1,
        fill(0xc0, 16),
        List.of(digest(0x6d)),
        fill(0xa7, 145),
        fill(0x51, 64),
        values(),
        fill(0x0e, 16),
        Bytes.EMPTY);
  }

  public static Result result(Optional<Result.Closing> closing) {
    return new Result(
        1,
        fill(0xc0, 16),
        digest(0x68),
        digest(0x6a),
        digest(0x6f),
        DEVICE,
        fill(0xce, 64),
        List.of(fill(0xca, 64)),
        1,
        closing,
        "meter-17");
  }

  public static EnrolmentFacts facts(Optional<Result.Closing> closing) {
    return new EnrolmentFacts(DEVICE, fill(0xa1, 90), 1, Grade.MANUFACTURER, 1, closing);
  }

  /** Operator and owner is key 1, message key 2, bootstrap key 2. */
  public static Ticket ticket() {
    Invite invite =
        new Invite(1, DEVICE, NOON, 40, "north", List.of(Grade.SIMULATION), key(2).publicKey());
    return new Ticket(
        1,
        DEVICE,
        CoseSign1.sign(key(1), Invite.KIND, invite.encode()).encoded(),
        "mqtts://telltale.example.org:8883",
        fill(0xca, 64),
        key(2).publicKey(),
        key(1).publicKey(),
        CoseSign1.sign(key(1), RecipientSet.KIND, recipientSet().encode()).encoded(),
        noteSigner().key().text(),
        SignedNote.sign(
                new Checkpoint(noteSigner().key().name(), 4, digest(0x1d)).text(),
                List.of(noteSigner()))
            .encode(),
        new Ticket.Bootstrap(fill(0xce, 64), key(2).pkcs8()),
        key(1).publicKey(),
        List.of(
            Ed25519NoteSigner.fromSeed("witness.example.org", fill(8, 32).toArray()).key().text()));
  }

  public static TicketFile ticketFile() {
    return TicketFile.of(invite(), CoseSign1.sign(key(1), Ticket.KIND, ticket().encode()));
  }

  public static Bundle bundle() {
    Envelope envelope = envelope();
    return new Bundle(
        Bytes.utf8("note"),
        List.of(
            statement(Genesis.KIND, genesis().encode(), 0),
            statement(Policy.KIND, policy().encode(), 1),
            statement(ReferenceStatement.KIND, reference().encode(), 12)),
        new BundledEnrolment(
            CoseSign1.sign(key(2), Hello.KIND, hello().encode()).encoded(),
            CoseSign1.sign(key(2), Activate.KIND, activate().encode()).encoded(),
            proof().encode(),
            facts(Optional.empty()).encode(),
            place(4_711),
            CoseSign1.sign(key(2), Result.KIND, result(Optional.empty()).encode()).encoded()),
        new BundledEnvelope(
            envelope.manifest(),
            envelope.attest(),
            envelope.signature(),
            envelope.values(),
            verdict().encode(),
            place(81_203)),
        List.of(
            new ShownReading(
                1, fill(0xc2, 46), fill(0x6b, 32), List.of(digest(0xc1)), List.of(digest(0x6a)))));
  }

  private static BundledStatement statement(String kind, Bytes payload, long index) {
    return new BundledStatement(CoseSign1.sign(key(1), kind, payload).encoded(), place(index));
  }

  private static Place place(long index) {
    return new Place(fill(0x5a, 32), index, List.of(digest(0x11), digest(0x12)));
  }

  public static TrustFile trustFile() {
    return new TrustFile(
        noteSigner().key(), key(1).publicKey(), List.of(fill(0xe0, 40)), List.of(fill(0xe1, 40)));
  }

  /** The log key whose seed is 32 times 0x07. */
  public static Ed25519NoteSigner noteSigner() {
    return Ed25519NoteSigner.fromSeed("telltale.example.org/north", fill(7, 32).toArray());
  }
}
