package dev.telltale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.DeviceId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real programs, real TPMs (simulated chips), a real broker: what the whole is for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobTest {
  private static final int DEVICES = 3;
  private static final int READINGS = 20;

  private World world;

  @BeforeAll
  void delivers() throws Exception {
    world = World.running("main-job-", DEVICES, Sensing.host(READINGS));
    for (Device device : world.devices()) {
      Waiting.until(device.name() + " has its receipts", () -> device.delivered(0) >= READINGS);
    }
  }

  @AfterAll
  void ends() {
    world.close();
  }

  @Test
  void everyReadingTakenIsCommittedExactlyOnce() throws Exception {
    Journal journal = Journal.read(world.collector().journal());
    assertTrue(journal.report().sound(), () -> journal.report().findings().toString());
    for (Device device : world.devices()) {
      Json status = device.status();
      assertEquals(READINGS, status.number("taken"));
      assertEquals(0, status.number("waiting"));
      DeviceId id = Stolen.identity(device).device();
      assertEquals(Optional.empty(), journal.disorder(id, status.number("next_reading")));
    }
    assertEquals(DEVICES * READINGS, journal.readings());
    assertEquals(0, journal.duplicates());
    assertEquals(List.of(), world.collector().refusals(0));
  }

  @Test
  void readingsArriveWhereTheyAreUsedAsTheyWereTaken() throws Exception {
    List<String> rows = world.collector().readings();
    assertEquals(DEVICES * READINGS, rows.size());
    assertEquals(rows.size(), rows.stream().distinct().count());
    for (Device device : world.devices()) {
      long own =
          rows.stream()
              .filter(row -> row.startsWith(device.name() + ",") && row.contains(",affirming,"))
              .count();
      assertEquals(READINGS, own);
    }
  }

  @Test
  void whoTrustsNobodyCanCheckOneReading() throws Exception {
    Processes.Output audit =
        world.verify(world.bundle(world.devices().getFirst(), 1), world.trust());
    assertEquals(0, audit.exit(), () -> audit.out() + audit.err());
    assertTrue(audit.out().contains("VERIFIED"), audit::out);
  }

  @Test
  void theLogIsSoundByItsOwnProgram() throws Exception {
    assertTrue(new Json(world.collector().ask("fsck", "--json")).flag("sound"));
  }
}
