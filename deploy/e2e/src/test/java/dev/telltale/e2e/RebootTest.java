package dev.telltale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.DeviceId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A board loses its power, TPM and all, with readings on its disk that no envelope holds yet. */
class RebootTest {
  private static final int SEALED = 8;

  @Test
  void whatWasSealedBeforeAPowerCutIsDeliveredAndSaysSo() throws Exception {
    Sensing unclosed = new Sensing("1h", Sensing.endless().table());
    try (World world = World.running("reboot-", 1, unclosed)) {
      Device device = world.devices().getFirst();
      // The first envelope after a start closes at once, the next one not within this test.
      Waiting.until("an envelope is committed", () -> device.delivered(0) > 0);
      Waiting.until("readings wait", () -> device.status().number("waiting") >= SEALED);
      device.kill();
      world.tpm(device).powerCut();
      device.newBoot();
      device.configure(Sensing.quiet());
      device.start();
      Waiting.until("all is delivered", () -> device.status().number("waiting") == 0);

      DeviceId id = Stolen.identity(device).device();
      Journal journal = Journal.read(world.collector().journal());
      assertEquals(Optional.empty(), journal.disorder(id, device.status().number("next_reading")));
      List<String> rows = world.collector().readings();
      long before = rows.stream().filter(RebootTest::sealedBefore).count();
      assertTrue(before >= SEALED, () -> before + " of " + rows);
      assertTrue(rows.getFirst().contains(",affirming,"), rows::getFirst);
      assertTrue(rows.getLast().contains(",affirming,"), rows::getLast);
    }
  }

  private static boolean sealedBefore(String row) {
    return row.contains(",warning,") && row.contains("sealed-before-boot");
  }
}
