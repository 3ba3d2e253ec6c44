package dev.telltale.ledger;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.tlog.PerfectNodes;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The roots of all complete subtrees, in memory: 64 bytes a leaf. One thread appends; others may
 * ask for any node below a size that was published to them after the append.
 *
 * <p>Everything that asks does so through {@link PerfectNodes}; a store of tiles can take this
 * place without them noticing.
 */
final class Tree implements PerfectNodes {
  private static final int CHUNK_NODES = 4_096;

  /** Enough for 2^63 leaves. */
  private static final int LEVELS = 64;

  private final MessageDigest sha256;

  /**
   * Per level, its nodes in chunks; chunks are only added, nodes written once. The references are
   * volatile because a reader may meet a list of chunks newer than the size it knows.
   */
  private final AtomicReferenceArray<byte[][]> levels = new AtomicReferenceArray<>(LEVELS);

  private long size;

  Tree(MessageDigest sha256) {
    this.sha256 = sha256;
    for (int level = 0; level < LEVELS; level++) {
      levels.set(level, new byte[0][]);
    }
  }

  long size() {
    return size;
  }

  /** Adds a leaf, H(0x00 ‖ entry), and all nodes it completes (RFC 9162 section 2.1.1). */
  void append(byte[] entry) {
    sha256.update((byte) 0);
    long index = size;
    put(0, index, sha256.digest(entry));
    for (int level = 0; (index & 1) == 1; level++) {
      sha256.update((byte) 1);
      sha256.update(chunk(level, index - 1), start(index - 1), Digest.LENGTH);
      sha256.update(chunk(level, index), start(index), Digest.LENGTH);
      index >>>= 1;
      put(level + 1, index, sha256.digest());
    }
    size++;
  }

  @Override
  public Digest node(int level, long index) {
    int start = start(index);
    return new Digest(Bytes.of(chunk(level, index), start, start + Digest.LENGTH));
  }

  private byte[] chunk(int level, long index) {
    return levels.get(level)[Math.toIntExact(index / CHUNK_NODES)];
  }

  private void put(int level, long index, byte[] hash) {
    byte[][] chunks = levels.get(level);
    if (index / CHUNK_NODES == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunks.length + 1);
      chunks[chunks.length - 1] = new byte[CHUNK_NODES * Digest.LENGTH];
      levels.set(level, chunks);
    }
    System.arraycopy(hash, 0, chunk(level, index), start(index), Digest.LENGTH);
  }

  private static int start(long index) {
    return (int) (index % CHUNK_NODES) * Digest.LENGTH;
  }
}
