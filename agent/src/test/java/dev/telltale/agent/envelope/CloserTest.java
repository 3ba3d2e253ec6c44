package dev.telltale.agent.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.outbox.ClosedEnvelope;
import dev.telltale.agent.outbox.Evidence;
import dev.telltale.agent.outbox.Life;
import dev.telltale.agent.outbox.Outbox;
import dev.telltale.agent.receipt.TestLog;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.platform.durable.FaultyDisk;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.message.Manifest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloserTest {
  private static final Bytes BOOT = Life.fill(3, 16);

  private final FaultyDisk disk = new FaultyDisk();
  private final BlockingQueue<Bytes> quoted = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> closedOnes = new LinkedBlockingQueue<>();
  private Outbox outbox = open();
  private Closer closer = closer(Duration.ofHours(1));
  private volatile boolean tpmFails;

  private Outbox open() {
    try {
      Outbox opened =
          Outbox.open(
              disk, 4 << 20, TestLog.SUITE, Life.beginning(new TestLog(), 1), new Random(1));
      opened.key(Life.key(1));
      return opened;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Closer closer(Duration closeAfter) {
    Manifests manifests =
        new Manifests(TestLog.SUITE, Life.DEVICE, BOOT, () -> Instant.ofEpochMilli(TestLog.NOON));
    Closer made = Closer.over(outbox, manifests, this::quote, closeAfter, System::nanoTime);
    made.onClosed(() -> closedOnes.add(true));
    return made;
  }

  private Evidence quote(Bytes manifest) throws TpmException {
    quoted.add(manifest);
    if (tpmFails) {
      throw new TpmException.TimedOut("no answer");
    }
    return new Evidence(Bytes.utf8("attest"), Life.fill(4, 64), Life.VALUES);
  }

  @AfterEach
  void stop() {
    closer.close();
  }

  private void add(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Life.add(outbox, 20, 1);
    }
  }

  private void awaitClosed() throws InterruptedException {
    assertTrue(closedOnes.poll(20, TimeUnit.SECONDS) != null, "nothing was closed");
  }

  @Test
  void firstReadingAfterAStartIsClosedAtOnceAndLaterOnesWait()
      throws IOException, InterruptedException {
    closer.start();
    add(1);
    awaitClosed();
    add(1);

    assertTrue(closedOnes.poll(50, TimeUnit.MILLISECONDS) == null);
    assertEquals(1, outbox.state().unclosedReadings());
  }

  @Test
  void fullEnvelopeIsClosedAtOnce() throws IOException, InterruptedException {
    closer.start();
    add(1);
    awaitClosed();
    add(Limits.READINGS_PER_ENVELOPE);
    awaitClosed();

    assertEquals(0, outbox.state().unclosedReadings());
    assertEquals(
        Limits.READINGS_PER_ENVELOPE, outbox.unreleased(2, 1).getFirst().manifest().count());
  }

  @Test
  void envelopeIsClosedAtItsAge() throws IOException, InterruptedException {
    closer = closer(Duration.ofMillis(30));
    closer.start();
    add(1);
    awaitClosed();
    add(1);
    awaitClosed();

    assertEquals(2, outbox.state().waiting().envelopes());
  }

  @Test
  void readingsOfAnEarlierStartAreClosedWithTheirBootSeed()
      throws IOException, InterruptedException {
    add(2);
    outbox.close();
    outbox = open();
    outbox.key(Life.key(2));
    Manifests manifests =
        new Manifests(
            TestLog.SUITE, Life.DEVICE, Life.fill(1, 16), () -> Instant.ofEpochMilli(TestLog.NOON));
    closer = Closer.over(outbox, manifests, this::quote, Duration.ofHours(1), System::nanoTime);
    closer.onClosed(() -> closedOnes.add(true));
    closer.start();
    awaitClosed();

    Manifest manifest = outbox.unreleased(1, 1).getFirst().manifest();
    assertEquals(2, manifest.count());
    assertTrue(manifest.boot().sealedBeforeThisBoot());
    add(1);
    awaitClosed();
  }

  @Test
  void failingTpmKeepsTheReadingsAndIsTriedAgain() throws IOException, InterruptedException {
    tpmFails = true;
    closer.start();
    add(3);
    assertTrue(quoted.poll(20, TimeUnit.SECONDS) != null);
    tpmFails = false;
    awaitClosed();

    assertEquals(1, outbox.unreleased(1, 9).getFirst().sequence());
    assertTrue(closer.fault().isEmpty());
  }

  @Test
  void quoteNowIsAnEmptyEnvelopeOrClosesWhatIsOpen() throws IOException, TpmException {
    ClosedEnvelope empty = closer.closeNow();
    assertEquals(0, empty.manifest().count());
    assertEquals(new Manifest.Times(TestLog.NOON, TestLog.NOON), empty.manifest().times());
    add(2);

    assertEquals(2, closer.closeNow().manifest().count());
    closer.closeOpen();
    assertEquals(2, outbox.state().waiting().envelopes());
  }

  @Test
  void nothingIsClosedOverAFailingTpmWhenSomebodyWaits() throws IOException {
    tpmFails = true;
    add(1);

    assertThrows(TpmException.class, closer::closeOpen);
    assertThrows(TpmException.class, closer::closeNow);
    assertEquals(0, outbox.state().waiting().envelopes());
  }

  @Test
  void failedDiskEndsTheCloser() throws IOException {
    disk.fail(FaultyDisk.Operation.FORCE, 1);
    add(1);
    closer.start();

    ExecutionException end =
        assertThrows(
            ExecutionException.class,
            () -> closer.end().toCompletableFuture().get(20, TimeUnit.SECONDS));
    assertTrue(end.getCause() instanceof IOException);
    assertFalse(closedOnes.contains(true));
  }
}
