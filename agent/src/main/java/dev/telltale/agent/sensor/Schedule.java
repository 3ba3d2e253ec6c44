package dev.telltale.agent.sensor;

import java.time.Duration;

/**
 * When the next sample is due, on the monotonic clock. Each due time is counted from the one before
 * and not from when it was kept, so that nothing accumulates. Who is late by a little catches up;
 * who is late by more (a blocked sink, a suspended machine) leaves the missed ones out: a sample
 * taken now is no measurement of then.
 */
final class Schedule {
  /** At least the shortest interval of a live sensor, so that those never come in bursts. */
  private static final long TOLERANCE = Duration.ofMillis(100).toNanos();

  private long due;

  /** The first sample is due at once. */
  Schedule(long now) {
    this.due = now;
  }

  /** Nanoseconds still to wait; zero or less: now. */
  long remaining(long now) {
    return due - now;
  }

  void advance(Duration every, long now) {
    long step = every.toNanos();
    due += step;
    long late = now - due;
    if (late > TOLERANCE) {
      due = step == 0 ? now : due + Math.ceilDiv(late, step) * step;
    }
  }
}
