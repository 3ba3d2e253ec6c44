package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.sensor.ReplaySettings.AtEnd;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SensorLoopTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Duration FAST = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BlockingQueue<Reading> taken = new LinkedBlockingQueue<>();

  @Test
  void handsOnReadingsOfTheInstantOfTheClock() throws Exception {
    try (SensorLoop loop = start(taken::add, FakeSensor.counting("a", HOUR))) {
      assertEquals(FakeSensor.one("a", NOW), next());
      assertEquals(1, loop.status().size());
    }
  }

  @Test
  void aSensorWithABugGoesOnAndDisturbsNoOther() throws Exception {
    FakeSensor broken =
        new FakeSensor(
            "broken",
            FAST,
            _ -> {
              throw new IllegalStateException("bug");
            });
    try (SensorLoop loop = start(taken::add, broken, FakeSensor.counting("a", FAST))) {
      for (int i = 0; i < 20; i++) {
        assertEquals("a", next().name());
      }

      SensorStatus status = loop.status().getFirst();
      assertTrue(status.fault().orElseThrow().contains("bug"));
      assertFalse(status.ended());
    }
  }

  @Test
  void aBlockedSensorHoldsUpNoOtherAndNotTheEnd() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    FakeSensor blocked =
        new FakeSensor(
            "blocked",
            FAST,
            _ -> {
              awaitUninterrupted(release);
              return List.of();
            });
    SensorLoop loop = start(taken::add, blocked, FakeSensor.counting("a", FAST));
    for (int i = 0; i < 20; i++) {
      assertEquals("a", next().name());
    }

    long before = System.nanoTime();
    boolean allEnded = loop.stop();
    Duration took = Duration.ofNanos(System.nanoTime() - before);

    assertFalse(allEnded);
    assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, took.toString());
    assertEquals(List.of(false, true), loop.status().stream().map(SensorStatus::ended).toList());
    release.countDown();
    assertTrue(loop.awaitEnd(PATIENCE));
    assertTrue(blocked.closed.await(20, TimeUnit.SECONDS));
  }

  @Test
  void stopsWhileWaitingForALaterSample() throws Exception {
    FakeSensor sensor = FakeSensor.counting("a", HOUR);
    SensorLoop loop = start(taken::add, sensor);
    next();

    assertTrue(loop.stop());
    assertEquals(0, sensor.closed.getCount());
  }

  @Test
  void aSampleInHandAtTheStopIsNotFinished() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    FakeSensor pair =
        new FakeSensor("a", HOUR, at -> List.of(FakeSensor.one("a", at), FakeSensor.one("b", at)));
    ReadingSink slow =
        reading -> {
          taken.add(reading);
          awaitUninterrupted(stopped);
        };
    SensorLoop loop = start(slow, pair);
    next();

    assertFalse(loop.stop());
    stopped.countDown();

    assertTrue(loop.awaitEnd(PATIENCE));
    assertTrue(taken.isEmpty());
  }

  @Test
  void aReadingThatIsNotTakenIsCountedAndTheNextOneOffered() throws Exception {
    ReadingSink full =
        reading -> {
          taken.add(reading);
          throw new IOException("outbox full");
        };
    try (SensorLoop loop = start(full, FakeSensor.counting("a", FAST))) {
      next();
      next();
      next();

      SensorStatus status = loop.status().getFirst();
      assertTrue(status.refused() >= 2, status.toString());
      assertEquals(0, status.taken());
    }
  }

  @Test
  void aClockThatIsNotSetIsNoTimeForAReading() throws Exception {
    ClockOfTheBoard clock = new ClockOfTheBoard();
    try (SensorLoop loop =
        SensorLoop.start(List.of(FakeSensor.counting("a", FAST)), taken::add, clock)) {
      clock.asked.await();
      assertTrue(taken.isEmpty());
      assertTrue(loop.status().getFirst().fault().orElseThrow().startsWith("the clock"));

      clock.now = NOW;
      assertEquals(FakeSensor.one("a", NOW), next());
      assertEquals(Optional.empty(), loop.status().getFirst().fault());
    }
  }

  /** Starts in 1970. */
  private static final class ClockOfTheBoard implements InstantSource {
    final CountDownLatch asked = new CountDownLatch(2);
    volatile Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      asked.countDown();
      return now;
    }
  }

  @Test
  void countsWhatHasNoValue() throws Exception {
    FakeSensor sensor =
        new FakeSensor(
            "a",
            HOUR,
            at ->
                List.of(
                    FakeSensor.one("a", at), Readings.withoutValue(new Quantity("b", "W"), at)));
    try (SensorLoop loop = start(taken::add, sensor)) {
      next();
      assertEquals(Quality.NO_VALUE, next().quality());
      assertTrue(loop.stop());

      assertEquals(2, loop.status().getFirst().taken());
      assertEquals(1, loop.status().getFirst().withoutValue());
    }
  }

  @Test
  void aSlowSinkSlowsAReplayAndLosesNothing(@TempDir Path directory) throws Exception {
    int rows = 2_000;
    StringBuilder table = new StringBuilder("n\n");
    for (int i = 0; i < rows; i++) {
      table.append(i).append('\n');
    }
    Sensor replay =
        new ReplaySensor(
            new ReplaySettings(
                "table",
                ReplaySettings.MAX_SPEED,
                "",
                Files.writeString(directory.resolve("n.csv"), table),
                List.of(ReplayColumn.of("n", "n", "count")),
                AtEnd.STOP,
                OptionalInt.empty()));
    BlockingQueue<Reading> small = new ArrayBlockingQueue<>(4);

    try (SensorLoop loop = start(reading -> put(small, reading), replay)) {
      for (int i = 0; i < rows; i++) {
        Reading reading = small.poll(20, TimeUnit.SECONDS);
        assertEquals(i, reading == null ? -1 : reading.value().orElseThrow().intValueExact());
      }

      assertTrue(loop.awaitEnd(PATIENCE));
      assertTrue(loop.status().getFirst().ended());
    }
  }

  private static SensorLoop start(ReadingSink sink, Sensor... sensors) {
    return SensorLoop.start(List.of(sensors), sink, CLOCK);
  }

  private Reading next() throws InterruptedException {
    Reading reading = taken.poll(20, TimeUnit.SECONDS);
    if (reading == null) {
      throw new AssertionError("no reading in time");
    }
    return reading;
  }

  private static void put(BlockingQueue<Reading> queue, Reading reading) throws IOException {
    try {
      queue.put(reading);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
