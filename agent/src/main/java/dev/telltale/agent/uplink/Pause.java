package dev.telltale.agent.uplink;

import java.time.Duration;

/** How long to wait before something is tried once more although it led nowhere. */
final class Pause {
  private final Duration first;
  private final Duration longest;
  private Duration next = Duration.ZERO;

  Pause(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  /** Nothing at first, then longer and longer. */
  Duration next() {
    Duration now = next;
    Duration doubled = now.isZero() ? first : now.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    return now;
  }

  /** It led somewhere. */
  void reset() {
    next = Duration.ZERO;
  }
}
