package dev.telltale.agent.uplink;

import dev.telltale.agent.outbox.Beginning;
import dev.telltale.agent.outbox.ClosedEnvelope;
import dev.telltale.agent.outbox.Evidence;
import dev.telltale.agent.outbox.KeyRecord;
import dev.telltale.agent.outbox.OpenBatch;
import dev.telltale.agent.outbox.Outbox;
import dev.telltale.agent.outbox.SealedReading;
import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.TestLog;
import dev.telltale.platform.durable.DirectoryDisk;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Challenge;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Manifest.BootSeeds;
import dev.telltale.protocol.message.Manifest.LogExtent;
import dev.telltale.protocol.message.Manifest.Times;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tpm.PcrValues;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** An outbox with envelopes in it, the log they go to, and the receipts it gives. */
final class Device implements AutoCloseable {
  static final DeviceId ID = new DeviceId(fill(7, 16));
  static final P256Key MESSAGE_KEY = P256Key.generate(Providers.jdk(), new SecureRandom());
  static final Bytes RESULT = Bytes.utf8("an enrolment result");

  final TestLog log;
  final Outbox outbox;
  private final DirectoryDisk disk;

  Device(Path directory) throws IOException, MalformedException {
    log = new TestLog();
    disk = DirectoryDisk.own(directory);
    Bytes challenge = log.challenge(ID, TestLog.NOON, log.checkpoint());
    Beginning beginning =
        new Beginning(
            TestLog.SUITE.hash(RESULT), 1, log.checkpoint(), HeldChallenge.stored(challenge));
    outbox = Outbox.open(disk, 64L << 20, TestLog.SUITE, beginning, new Random(3));
    EKey ekey = new EKey(List.of(new EKey.Wrapped(new Digest(fill(1, 32)), fill(2, 113))));
    outbox.key(new KeyRecord(ekey, new Digest(fill(2, 32)), fill(3, 16)));
  }

  static Bytes sign(String kind, Bytes payload) {
    return CoseSign1.sign(MESSAGE_KEY, kind, payload).encoded();
  }

  /** From where the device is now. */
  Bytes challenge(long issued) throws MalformedException {
    Bytes made = log.challenge(ID, issued, outbox.checkpoint());
    return sign(Challenge.KIND, CoseSign1.decode(made).payload());
  }

  static Bytes fill(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  Collector collector() {
    return new Collector(Providers.jdk(), TestLog.SUITE, ID, MESSAGE_KEY.publicKey(), log.keys());
  }

  /** One reading in an envelope of its own. */
  ClosedEnvelope envelope() throws IOException {
    long number = outbox.nextReading();
    Bytes ciphertext = Bytes.concat(Bytes.u64(number), fill(5, 40));
    MerkleHash hash = MerkleHash.of(TestLog.SUITE);
    outbox.add(
        new SealedReading(
            number,
            TestLog.NOON + number,
            ciphertext,
            hash.leaf(ciphertext),
            hash.leaf(Bytes.u64(number))));
    OpenBatch batch = outbox.oldestBatch().orElseThrow();
    PcrValues values =
        new PcrValues(new TreeMap<>(Map.of(0x0b, new TreeMap<>(Map.of(8, fill(8, 32))))));
    Bytes attest = Bytes.utf8("attest " + batch.link().sequence());
    return outbox.close(batch, manifest(batch).encode(), new Evidence(attest, fill(4, 64), values));
  }

  private static Manifest manifest(OpenBatch batch) {
    return new Manifest(
        1,
        ID,
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
        Optional.empty());
  }

  /** Number of the envelope in a message. */
  static long sequence(Bytes message) {
    return manifest(message).sequence();
  }

  static Manifest manifest(Bytes message) {
    try {
      return Manifest.decode(Envelope.decode(message).manifest());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** Commits what was sent; its receipt, from where the device is now. */
  Bytes commit(Bytes message) {
    return receipt(message).encode();
  }

  Receipt receipt(Bytes message) {
    try {
      Envelope envelope = Envelope.decode(message);
      return log.commit(
          sequence(message),
          envelope.manifest(),
          envelope.attest(),
          Tier.AFFIRMING,
          outbox.checkpoint());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  long waiting() throws IOException {
    return outbox.state().waiting().envelopes();
  }

  @Override
  public void close() throws IOException {
    outbox.close();
    disk.close();
  }
}
