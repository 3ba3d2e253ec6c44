package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.ChallengeVerifier;
import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.ReceiptVerifier;
import dev.telltale.agent.receipt.TestLog;
import dev.telltale.agent.receipt.VerifiedChallenge;
import dev.telltale.agent.receipt.VerifiedReceipt;
import dev.telltale.platform.durable.Disk;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Manifest.BootSeeds;
import dev.telltale.protocol.message.Manifest.LogExtent;
import dev.telltale.protocol.message.Manifest.Times;
import dev.telltale.protocol.message.Reason;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tpm.PcrValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/** What an agent does with an outbox, with bytes that are the same in every run. */
public final class Life {
  public static final DeviceId DEVICE = new DeviceId(fill(7, 16));
  public static final Digest RESULT = new Digest(fill(9, 32));
  public static final PcrValues VALUES =
      new PcrValues(
          new TreeMap<>(java.util.Map.of(0x0b, new TreeMap<>(java.util.Map.of(8, fill(8, 32))))));

  final TestLog log = new TestLog();
  final Beginning beginning = beginning(log, 1);

  public static Bytes fill(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  public static Beginning beginning(TestLog log, long nextReading) {
    try {
      Bytes challenge = log.challenge(DEVICE, TestLog.NOON, log.checkpoint());
      return new Beginning(RESULT, nextReading, log.checkpoint(), HeldChallenge.stored(challenge));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  Outbox open(Disk disk) throws IOException {
    return open(disk, Room.LEAST);
  }

  Outbox open(Disk disk, long size) throws IOException {
    return Outbox.open(disk, size, TestLog.SUITE, beginning, new Random(3));
  }

  public static KeyRecord key(int id) {
    EKey ekey = new EKey(List.of(new EKey.Wrapped(new Digest(fill(1, 32)), fill(id, 113))));
    return new KeyRecord(ekey, new Digest(fill(2, 32)), fill(3, 16));
  }

  static SealedReading reading(long number, int length, int content) {
    Bytes ciphertext = Bytes.concat(Bytes.u64(number), fill(content, length - 8));
    MerkleHash hash = MerkleHash.of(TestLog.SUITE);
    return new SealedReading(
        number,
        TestLog.NOON + number,
        ciphertext,
        hash.leaf(ciphertext),
        hash.leaf(Bytes.u64(number)));
  }

  public static long add(Outbox outbox, int length, int content) throws IOException {
    long number = outbox.nextReading();
    outbox.add(reading(number, length, content));
    return number;
  }

  public static Manifest manifest(OpenBatch batch) {
    return new Manifest(
        1,
        DEVICE,
        batch.link().sequence(),
        batch.link().previous(),
        batch.content().firstReading(),
        batch.content().count(),
        batch.content().roots(),
        TestLog.SUITE.hash(batch.key().ekey().encode()),
        batch.key().recipientSet(),
        batch.content().times().orElse(new Times(TestLog.NOON, TestLog.NOON)),
        batch.challenge().bound(),
        batch.checkpoint().bound(),
        new BootSeeds(batch.key().bootSeed(), batch.key().bootSeed()),
        new LogExtent(0, TestLog.SUITE.hash()),
        batch.readingsLost() ? Optional.of(Reason.NOT_STORED) : Optional.empty());
  }

  static Evidence evidence(long sequence) {
    return new Evidence(Bytes.utf8("attest " + sequence), fill(4, 64), VALUES);
  }

  static ClosedEnvelope close(Outbox outbox, OpenBatch batch) throws IOException {
    return outbox.close(batch, manifest(batch).encode(), evidence(batch.link().sequence()));
  }

  static ClosedEnvelope closeOldest(Outbox outbox) throws IOException {
    return close(outbox, outbox.oldestBatch().orElseThrow());
  }

  /** Commits the oldest unreleased envelope and verifies its receipt. */
  VerifiedReceipt receipt(Outbox outbox) throws IOException {
    ClosedEnvelope envelope = outbox.unreleased(1, 1).getFirst();
    Receipt receipt =
        log.commit(
            envelope.sequence(),
            envelope.encoded(),
            envelope.evidence().attest(),
            Tier.AFFIRMING,
            outbox.checkpoint());
    return (VerifiedReceipt)
        new ReceiptVerifier(TestLog.SUITE, log.keys())
            .verify(receipt, envelope.encoded(), envelope.evidence().attest(), outbox.checkpoint());
  }

  /** The next challenge, with a checkpoint of a log that has grown. */
  VerifiedChallenge challenge(Outbox outbox, int grown) {
    log.grow(grown);
    Bytes encoded = log.challenge(DEVICE, outbox.challenge().issued() + 1, outbox.checkpoint());
    return (VerifiedChallenge)
        new ChallengeVerifier(Providers.jdk(), log.messageKey(), log.keys(), 1)
            .verify(
                encoded, DEVICE, OptionalLong.of(outbox.challenge().issued()), outbox.checkpoint());
  }
}
