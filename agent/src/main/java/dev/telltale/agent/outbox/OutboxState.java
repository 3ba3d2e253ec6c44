package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.HeldCheckpoint;
import java.util.Optional;

/**
 * How the outbox is, for people and metrics.
 *
 * @param taken readings stored since this start
 * @param notStored readings whose numbers were used up for nothing, since enrolment
 * @param unclosedReadings stored and in no envelope yet
 * @param waiting what is closed and not released
 * @param nextReading number of the next reading
 * @param challengeIssued by the collector's clock
 */
public record OutboxState(
    long taken,
    long notStored,
    int unclosedReadings,
    Waiting waiting,
    long nextReading,
    Space space,
    HeldCheckpoint checkpoint,
    long challengeIssued) {

  /**
   * Closed envelopes that are not released.
   *
   * @param next sequence number of the next envelope to be closed
   * @param readings from the first in the oldest envelope to the last in the newest
   * @param since time of the oldest reading among them
   */
  public record Waiting(long oldest, long next, long readings, Optional<Long> since) {
    public long envelopes() {
      return next - oldest;
    }
  }

  /** Bytes. */
  public record Space(long used, long size) {}
}
