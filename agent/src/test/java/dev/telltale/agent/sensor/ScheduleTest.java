package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final long SECOND = EVERY.toNanos();
  private static final long MILLISECOND = SECOND / 1_000;

  /** Anywhere on the monotonic clock, near its wrap too. */
  private static final long START = Long.MAX_VALUE - 2 * SECOND;

  @Test
  void theFirstSampleIsDueAtOnce() {
    assertEquals(0, new Schedule(START).remaining(START));
  }

  @Test
  void whatASampleTakesDoesNotAddUp() {
    Schedule schedule = new Schedule(START);

    for (int i = 0; i < 1_000; i++) {
      long due = START + i * SECOND;
      assertEquals(0, schedule.remaining(due));
      schedule.advance(EVERY, due + 300 * MILLISECOND);
    }
  }

  @Test
  void aLittleLateCatchesUp() {
    Schedule schedule = new Schedule(START);

    schedule.advance(EVERY, START + SECOND + 90 * MILLISECOND);

    assertEquals(-90 * MILLISECOND, schedule.remaining(START + SECOND + 90 * MILLISECOND));
  }

  @Test
  void missedSamplesAreLeftOutAndTheGridIsKept() {
    Schedule schedule = new Schedule(START);
    long late = START + 7 * SECOND + 400 * MILLISECOND;

    schedule.advance(EVERY, late);

    assertEquals(600 * MILLISECOND, schedule.remaining(late));
  }

  @Test
  void aFastReplayKeepsItsRateThroughShortDelays() {
    Schedule schedule = new Schedule(START);
    Duration every = Duration.ofNanos(MILLISECOND);
    long now = START;
    int samples = 0;

    while (now < START + SECOND) {
      schedule.advance(every, now);
      samples++;
      // The machine wakes us 5 ms late each time there is something to wait for.
      now = Math.max(now, schedule.remaining(now) > 0 ? now + 5 * MILLISECOND : now);
    }

    assertTrue(samples >= 995, samples + " of 1000 rows");
  }

  @Test
  void fullSpeedIsAlwaysDue() {
    Schedule schedule = new Schedule(START);

    schedule.advance(Duration.ZERO, START + SECOND);

    assertEquals(0, schedule.remaining(START + SECOND));
  }
}
