package dev.telltale.agent.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.outbox.ClosedEnvelope;
import dev.telltale.agent.outbox.Evidence;
import dev.telltale.agent.outbox.Life;
import dev.telltale.agent.outbox.OpenBatch;
import dev.telltale.agent.outbox.Outbox;
import dev.telltale.agent.receipt.TestLog;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.platform.durable.FaultyDisk;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.PrivateWrapKey;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.RecipientSet;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.ReadingLeaves;
import java.io.IOException;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncryptorTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Digest RECIPIENTS = new Digest(Life.fill(5, 32));

  private final PrivateWrapKey wrapKey = PrivateWrapKey.generate(Providers.jdk(), RANDOM);
  private final FaultyDisk disk = new FaultyDisk();
  private final SealingContext context =
      new SealingContext(
          TestLog.SUITE,
          Life.DEVICE,
          new RecipientSet(1, 1, List.of(wrapKey.publicKey())),
          RECIPIENTS,
          Life.fill(3, 16));

  private long wall = TestLog.NOON;
  private long nanos = 1;
  private boolean tpmFails;

  private final Clocks clocks = new Clocks(() -> Instant.ofEpochMilli(wall), () -> nanos);

  private Outbox open() throws IOException {
    return Outbox.open(
        disk, 1 << 20, TestLog.SUITE, Life.beginning(new TestLog(), 1), new Random(1));
  }

  private Encryptor start(Outbox outbox) throws IOException, TpmException {
    Encryptor.Secrets secrets = new Encryptor.Secrets(RANDOM, this::fromTpm);
    return Encryptor.start(outbox, context, secrets, clocks, Duration.ofHours(24));
  }

  private Bytes fromTpm(int count) throws TpmException {
    if (tpmFails) {
      throw new TpmException.TimedOut("no answer");
    }
    return Life.fill(6, count);
  }

  private static Reading reading(long value) {
    return new Reading(
        "power", TestLog.NOON + value, Optional.of(BigDecimal.valueOf(value)), "W", Quality.GOOD);
  }

  private static ClosedEnvelope close(Outbox outbox) throws IOException {
    OpenBatch batch = outbox.oldestBatch().orElseThrow();
    return outbox.close(
        batch,
        Life.manifest(batch).encode(),
        new Evidence(Bytes.utf8("attest"), Life.fill(4, 64), Life.VALUES));
  }

  @Test
  void recipientOpensEachReadingAndFindsItsKeyInTheTree()
      throws IOException, TpmException, MalformedException {
    Outbox outbox = open();
    Encryptor encryptor = start(outbox);
    encryptor.accept(reading(10));
    encryptor.accept(reading(11));
    Envelope message = outbox.message(close(outbox));

    Bytes blob = message.ekey().blobFor(wrapKey.publicKey().kid()).orElseThrow();
    ContentSecret secret = TestLog.SUITE.unwrap(blob, wrapKey, Life.DEVICE, RECIPIENTS);
    Bytes first = TestLog.SUITE.readingKey(secret, Life.DEVICE, 1);
    Bytes second = TestLog.SUITE.readingKey(secret, Life.DEVICE, 2);
    assertEquals(
        reading(10),
        Reading.decode(TestLog.SUITE.open(first, Life.DEVICE, 1, message.ciphertexts().get(0))));
    assertEquals(
        reading(11),
        Reading.decode(TestLog.SUITE.open(second, Life.DEVICE, 2, message.ciphertexts().get(1))));
    MerkleHash hash = MerkleHash.of(TestLog.SUITE);
    assertEquals(
        MerkleTree.root(
            hash, List.of(ReadingLeaves.ofKey(hash, first), ReadingLeaves.ofKey(hash, second))),
        outbox.unreleased(1, 1).getFirst().manifest().roots().keys());
  }

  @Test
  void eachStartHasANewSecret() throws IOException, TpmException {
    Outbox outbox = open();
    start(outbox).accept(reading(1));
    start(outbox).accept(reading(2));

    assertNotEquals(close(outbox).ekey(), close(outbox).ekey());
  }

  @Test
  void newPeriodHasANewSecret() throws IOException, TpmException {
    Outbox outbox = open();
    Encryptor encryptor = start(outbox);
    encryptor.accept(reading(1));
    pass(Duration.ofHours(24).minusMillis(1));
    encryptor.accept(reading(2));
    pass(Duration.ofMillis(1));
    encryptor.accept(reading(3));

    assertEquals(2, close(outbox).manifest().count());
    assertEquals(1, close(outbox).manifest().count());
  }

  private void pass(Duration time) {
    wall += time.toMillis();
    nanos += time.toNanos();
  }

  @Test
  void clocksThatPartLeadToANewSecret() throws IOException, TpmException {
    Outbox outbox = open();
    Encryptor encryptor = start(outbox);
    encryptor.accept(reading(1));
    wall += 5_000;
    encryptor.accept(reading(2));
    wall += 1;
    encryptor.accept(reading(3));
    encryptor.accept(reading(4));
    wall -= 6_000;
    encryptor.accept(reading(5));

    assertEquals(2, close(outbox).manifest().count());
    assertEquals(2, close(outbox).manifest().count());
    assertEquals(1, close(outbox).manifest().count());
  }

  @Test
  void withoutANewSecretNothingIsSealedAndTheNumberSaysSo() throws IOException, TpmException {
    Outbox outbox = open();
    Encryptor encryptor = start(outbox);
    encryptor.accept(reading(1));
    pass(Duration.ofHours(25));
    tpmFails = true;
    assertThrows(IOException.class, () -> encryptor.accept(reading(2)));
    tpmFails = false;
    encryptor.accept(reading(3));

    close(outbox);
    ClosedEnvelope second = close(outbox);
    assertEquals(3, second.manifest().firstReading());
    assertTrue(second.manifest().reason().isPresent());
  }

  @Test
  void closedEncryptorTakesNothing() throws IOException, TpmException {
    Outbox outbox = open();
    Encryptor encryptor = start(outbox);
    encryptor.close();

    assertThrows(IOException.class, () -> encryptor.accept(reading(1)));
    assertEquals(1, outbox.nextReading());
  }

  @Test
  void keyIsDurableBeforeTheFirstReading() throws IOException, TpmException {
    start(open());

    FaultyDisk cut = disk.powerCuts(2, 1).getFirst();
    Outbox after =
        Outbox.open(cut, 1 << 20, TestLog.SUITE, Life.beginning(new TestLog(), 1), new Random(1));
    assertEquals(RECIPIENTS, after.emptyBatch().orElseThrow().key().recipientSet());
  }
}
