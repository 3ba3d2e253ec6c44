package dev.telltale.protocol.tpm;

import java.util.Comparator;

/**
 * TPMS_CLOCK_INFO: milliseconds powered, resets and restarts, and whether the clock can have been
 * set back by a power cut. Gives order and shows resets; it is not a time of day.
 */
public record ClockInfo(long clock, long resetCount, long restartCount, boolean safe) {
  private static final Comparator<ClockInfo> ORDER =
      Comparator.comparingLong(ClockInfo::resetCount)
          .thenComparingLong(ClockInfo::restartCount)
          .thenComparingLong(ClockInfo::clock);

  /** Whether this lies strictly before the other: resets first, then restarts, then the clock. */
  public boolean before(ClockInfo other) {
    return ORDER.compare(this, other) < 0;
  }
}
