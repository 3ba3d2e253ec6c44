package dev.telltale.agent.tpm.transport;

import java.time.Duration;

/** How often an answer of one kind may ask for the same command again, and how long to wait. */
record Backoff(Duration first, int tries) {
  static final Backoff BUSY = new Backoff(Duration.ofMillis(10), 10);
  static final Backoff WEAR = new Backoff(Duration.ofSeconds(1), 4);

  /** The wait before repetition {@code number}, counted from zero; it doubles. */
  Duration wait(int number) {
    return first.multipliedBy(1L << number);
  }
}
