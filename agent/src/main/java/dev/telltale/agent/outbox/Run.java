package dev.telltale.agent.outbox;

import dev.telltale.protocol.Limits;

/**
 * Unclosed readings that fit one envelope: consecutive numbers, one key, one segment.
 *
 * @param frozen takes no further reading
 */
record Run(Place place, long firstReading, int count, int bytes, boolean frozen) {
  /** What an envelope holds at most of ciphertexts (design 2.2). */
  static final int BYTES = 512 * 1024;

  static Run of(SealedReading first, Place place) {
    return new Run(place, first.number(), 1, first.ciphertext().length(), false).frozenIfFull();
  }

  boolean takes(SealedReading reading, long keyPosition) {
    return !frozen
        && place.key() == keyPosition
        && reading.number() == firstReading + count
        && bytes + reading.ciphertext().length() <= BYTES;
  }

  Run with(SealedReading reading) {
    return new Run(place, firstReading, count + 1, bytes + reading.ciphertext().length(), false)
        .frozenIfFull();
  }

  Run freeze() {
    return frozen ? this : new Run(place, firstReading, count, bytes, true);
  }

  private Run frozenIfFull() {
    return count == Limits.READINGS_PER_ENVELOPE ? freeze() : this;
  }
}
