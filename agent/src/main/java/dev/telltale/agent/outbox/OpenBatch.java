package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.message.Manifest.Roots;
import dev.telltale.protocol.message.Manifest.Times;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that a manifest over the oldest unclosed readings says, except what is of this moment. Taken
 * from the journal, not from memory: what is quoted is what is stored.
 *
 * @param key under which the readings were sealed
 * @param challenge the newest
 * @param checkpoint the newest
 * @param firstAt position in the journal of the first reading, if there are any
 */
public record OpenBatch(
    Link link,
    Content content,
    KeyRecord key,
    HeldChallenge challenge,
    HeldCheckpoint checkpoint,
    OptionalLong firstAt) {

  /**
   * Its place in the chain.
   *
   * @param expectedReading what the first reading's number is if nothing was lost
   */
  public record Link(long sequence, Digest previous, long expectedReading) {}

  /**
   * Readings with consecutive numbers, sealed under one key.
   *
   * @param times empty for an envelope without readings
   */
  public record Content(long firstReading, int count, Roots roots, Optional<Times> times) {}

  /** Whether numbers before the first reading were used up by readings that were not stored. */
  public boolean readingsLost() {
    return content.firstReading > link.expectedReading;
  }
}
