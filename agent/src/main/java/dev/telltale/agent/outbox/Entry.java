package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.protocol.Digest;
import java.util.List;
import java.util.Optional;

/** One record of the journal. */
sealed interface Entry {
  /** From here on readings are sealed under another content secret. */
  record Key(KeyRecord key) implements Entry {}

  record Stored(SealedReading reading) implements Entry {}

  /** The last run takes no further readings: somebody is closing it. */
  record Frozen() implements Entry {}

  record Closed(ClosedEnvelope envelope) implements Entry {}

  /** The oldest unreleased envelope is in the log, as this checkpoint shows. */
  record Released(long sequence, HeldCheckpoint checkpoint) implements Entry {}

  /** A new challenge, and the checkpoint that came with it. */
  record Challenged(HeldChallenge challenge, HeldCheckpoint checkpoint) implements Entry {}

  /** Numbers below this are used up, although no reading that has them was stored. */
  record Skipped(long nextReading) implements Entry {}

  /** The standing at the head of a segment. */
  record Snapshot(
      Digest enrolment,
      Counters counters,
      Digest previous,
      HeldCheckpoint checkpoint,
      HeldChallenge challenge,
      Optional<KeyRecord> key,
      List<Run> runs)
      implements Entry {
    public Snapshot {
      runs = List.copyOf(runs);
    }
  }

  /**
   * The numbers of a standing.
   *
   * @param nextReading to be given to the next reading
   * @param expectedReading that the next manifest is expected to begin with
   * @param nextSequence of the next envelope
   * @param oldest sequence of the oldest unreleased envelope; the next one if all are released
   * @param notStored readings whose number was used up for nothing
   */
  record Counters(
      long nextReading, long expectedReading, long nextSequence, long oldest, long notStored) {}
}
