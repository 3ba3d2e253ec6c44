package dev.telltale.agent.tpm.transport;

import java.time.Duration;

/** A moment on the monotonic clock of this process by which something has to be done. */
public record Deadline(long nanoTime) {
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Zero once it has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  public boolean passed() {
    return nanoTime - System.nanoTime() <= 0;
  }

  /** For interfaces that count in milliseconds and take zero for "for ever". */
  long millisLeftAtLeastOne() {
    return Math.max(1, left().toMillis());
  }
}
