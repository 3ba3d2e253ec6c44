package dev.telltale.platform.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: uniformly between nothing and a ceiling that doubles
 * with every failure, so that a fleet whose broker came back does not return in step. For one
 * thread.
 */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration ceiling;

  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("back-off from " + first + " to " + longest);
    }
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.ceiling = first;
  }

  /** The wait after one more failure. */
  public Duration next() {
    Duration wait = Duration.ofNanos(random.nextLong(ceiling.toNanos() + 1));
    ceiling = ceiling.compareTo(longest.dividedBy(2)) > 0 ? longest : ceiling.multipliedBy(2);
    return wait;
  }

  /** An attempt succeeded. */
  public void reset() {
    ceiling = first;
  }
}
