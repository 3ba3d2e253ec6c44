package dev.telltale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.DeviceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Programs are killed at moments that nobody chose. The devices read a file that counts, so that a
 * reading lost or doubled shows in the values, beside the numbers the devices gave them.
 */
class KillTest {
  private static final int ROUNDS = Integer.getInteger("telltale.kill.rounds", 3);
  private static final int LONGEST_PAUSE = 1_500;
  private static final int ROWS = 100_000;

  private enum Victim {
    AGENT,
    COLLECTOR,
    BROKER,
    BROKER_IN_ORDER
  }

  @Test
  void whateverIsKilledEveryReadingIsCommittedExactlyOnce() throws Exception {
    long seed = Long.getLong("telltale.kill.seed", System.nanoTime());
    System.out.println("-Dtelltale.kill.seed=" + seed);
    Random random = new Random(seed);
    Path rows = Files.createTempFile("counting", ".csv");
    try {
      Files.writeString(
          rows,
          IntStream.rangeClosed(1, ROWS)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining("\n", "count\n", "\n")));
      try (World world = World.running("kill-", 2, Sensing.counting(rows))) {
        for (Victim victim : victims(random)) {
          // A moment nobody chose is what this waits for, not a condition.
          Thread.sleep(random.nextInt(LONGEST_PAUSE));
          kill(world, victim, random);
        }
        drain(world);
        check(world);
      }
    } finally {
      Files.delete(rows);
    }
  }

  private static List<Victim> victims(Random random) {
    List<Victim> victims = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      victims.addAll(List.of(Victim.AGENT, Victim.COLLECTOR));
      victims.add(round % 2 == 0 ? Victim.BROKER : Victim.BROKER_IN_ORDER);
    }
    Collections.shuffle(victims, random);
    return victims;
  }

  private static void kill(World world, Victim victim, Random random) throws Exception {
    switch (victim) {
      case AGENT -> {
        Device device = world.devices().get(random.nextInt(world.devices().size()));
        device.kill();
        device.start();
      }
      case COLLECTOR -> {
        world.collector().kill();
        world.collector().start();
      }
      case BROKER -> {
        world.broker().kill();
        world.broker().start();
      }
      case BROKER_IN_ORDER -> {
        world.broker().terminate();
        world.broker().start();
      }
    }
  }

  /** No new numbers any more, and all that waits is delivered. */
  private static void drain(World world) throws Exception {
    for (Device device : world.devices()) {
      device.terminate();
      device.configure(Sensing.quiet());
      device.start();
      Waiting.until(
          device.name() + " has delivered all", () -> device.status().number("waiting") == 0);
    }
  }

  private static void check(World world) throws Exception {
    Journal journal = Journal.read(world.collector().journal());
    assertTrue(journal.report().sound(), () -> journal.report().findings().toString());
    assertEquals(0, journal.duplicates());
    List<String> rows = world.collector().readings();
    assertEquals(journal.readings(), rows.size());
    for (Device device : world.devices()) {
      DeviceId id = Stolen.identity(device).device();
      long next = device.status().number("next_reading");
      assertEquals(Optional.empty(), journal.disorder(id, next));
      everyReleaseHadItsLeaf(journal, device, id);
      valuesCount(rows, device);
    }
  }

  /** What the device forgot, it forgot for a leaf that is there and is its own. */
  private static void everyReleaseHadItsLeaf(Journal journal, Device device, DeviceId id)
      throws Exception {
    List<Journal.Committed> own = journal.of(id);
    for (String line : device.committed(0)) {
      Journal.Committed committed = own.get(Math.toIntExact(Log.number(line, "seq")) - 1);
      assertEquals(committed.manifest().sequence(), Log.number(line, "seq"));
      assertEquals(committed.leaf(), Log.number(line, "leaf"));
    }
  }

  /** In each life of the agent the values are 1, 2, 3 and so on without a hole. */
  private static void valuesCount(List<String> rows, Device device) {
    long last = 0;
    for (String row : rows) {
      List<String> cells = List.of(row.split(",", -1));
      if (!cells.get(0).equals(device.name()) || !cells.get(1).equals("count")) {
        continue;
      }
      long value = Long.parseLong(cells.get(3));
      assertTrue(value == last + 1 || value == 1, () -> "after a hole: " + row);
      last = value;
    }
    assertTrue(last > 0);
  }
}
