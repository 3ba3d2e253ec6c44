package dev.telltale.agent.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UplinkLoopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private final FakeUplink uplink = new FakeUplink();
  private Device device;
  private UplinkLoop loop;

  @BeforeEach
  void open() throws Exception {
    device = new Device(directory);
    loop =
        UplinkLoop.over(
            uplink, device.outbox, device.collector(), InstantSource.system(), new Random(1));
  }

  @AfterEach
  void close() throws IOException {
    loop.close();
    device.close();
  }

  private static void await(BooleanSupplier condition) {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
          }
        });
  }

  @Test
  void deliversAndSendsAgainAfterACut() throws Exception {
    device.envelope();
    loop.start();
    await(() -> uplink.sent.size() == 1);
    device.envelope();
    loop.wake();
    await(() -> uplink.sent.size() == 2);
    uplink.cut();
    await(() -> uplink.sent.size() == 4);
    List<Bytes> sent = uplink.take();
    assertEquals(sent.subList(0, 2), sent.subList(2, 4));
    uplink.listeners.getLast().answered(device.commit(sent.get(0)), () -> {});
    await(() -> loop.status().envelopes() == 1);
    uplink.listeners.getLast().answered(device.commit(sent.get(1)), () -> {});
    await(() -> loop.status().envelopes() == 2);
    assertEquals(0, device.waiting());
  }

  @Test
  void triesUntilThereIsANetworkAndSaysGoodbye() throws Exception {
    uplink.down = true;
    loop.start();
    await(() -> loop.status().connection().isPresent());
    assertFalse(loop.status().connected());
    uplink.down = false;
    await(() -> loop.status().connected());
    loop.close();
    assertFalse(uplink.states.getLast().online());
  }
}
