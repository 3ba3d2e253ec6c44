package dev.telltale.collector.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.telltale.collector.commit.Reply;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LanesTest {
  private static final DeviceId DEVICE = new DeviceId(Bytes.hex("1d".repeat(16)));

  @Test
  void aDefectEndsTheMessageAndNotTheLane() {
    AtomicInteger done = new AtomicInteger();
    Reply message = new Reply(DEVICE, Bytes.hex("00"), done::incrementAndGet);

    Optional<?> work =
        Lanes.appraise(
            _ -> {
              throw new IllegalStateException("planted");
            },
            message);

    assertEquals(Optional.empty(), work);
    assertEquals(1, done.get());
  }
}
