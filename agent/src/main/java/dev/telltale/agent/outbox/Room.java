package dev.telltale.agent.outbox;

import dev.telltale.protocol.Limits;

/**
 * How much fits. Readings are turned away early enough that all unclosed ones can still be closed
 * and everything closed can still be released, because that is what makes room again.
 */
record Room(long size) {
  static final long LEAST = 1 << 20;

  private static final int LARGEST_SEGMENT = 4 << 20;
  private static final int SEGMENTS = 16;

  /** A closed envelope as it is written, with many registers and recipients. */
  private static final int CLOSING = 4 * 1024;

  /** Two leaf hashes, numbers, the frame. */
  private static final int READING = 128;

  Room {
    if (size < LEAST) {
      throw new IllegalArgumentException("an outbox has at least " + LEAST + " bytes");
    }
  }

  int segment() {
    return (int) Math.min(LARGEST_SEGMENT, size / SEGMENTS);
  }

  /** Kept for releases, challenges and the heads of new segments. */
  private long reserve() {
    return 2L * segment();
  }

  boolean forReading(long used, SealedReading reading, int runs) {
    long closing = (runs + 1L) * CLOSING;
    return runs < Limits.ELEMENTS - 1
        && used + READING + reading.ciphertext().length() + closing + reserve() <= size;
  }

  /** For what can be done without. */
  boolean forMore(long used) {
    return used + segment() <= size;
  }
}
