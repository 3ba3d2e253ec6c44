package dev.telltale.ledger;

import java.util.Arrays;

/** Where in the journal each entry is. One thread adds; others read what was published to them. */
final class Positions {
  private static final int CHUNK = 8_192;

  private volatile long[][] chunks = new long[0][];
  private long size;

  void add(long position) {
    int chunk = Math.toIntExact(size / CHUNK);
    if (chunk == chunks.length) {
      long[][] more = Arrays.copyOf(chunks, chunk + 1);
      more[chunk] = new long[CHUNK];
      chunks = more;
    }
    chunks[chunk][(int) (size % CHUNK)] = position;
    size++;
  }

  long get(long index) {
    return chunks[Math.toIntExact(index / CHUNK)][(int) (index % CHUNK)];
  }
}
