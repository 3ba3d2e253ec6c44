package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;

/**
 * Where an enrolment lets the journal begin.
 *
 * @param result hash of the enrolment result; the first manifest names it, and a journal belongs to
 *     one enrolment
 * @param nextReading number of the first reading
 * @param checkpoint from the receipt of the enrolment
 * @param challenge the first one, which came with the result
 */
public record Beginning(
    Digest result, long nextReading, HeldCheckpoint checkpoint, HeldChallenge challenge) {
  public Beginning {
    if (nextReading < 1 || nextReading > Limits.NUMBER) {
      throw new IllegalArgumentException("next reading " + nextReading);
    }
  }
}
