package dev.telltale.collector.fleet;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Leaf of each envelope of one AK by sequence number, eight bytes each. Safe for several threads.
 */
final class LeafIndex {
  private long[] leaves = new long[16];
  private int count;

  synchronized void add(long sequence, long leaf) {
    if (sequence != count + 1) {
      throw new IllegalArgumentException("sequence " + sequence + " after " + count);
    }
    if (count == leaves.length) {
      leaves = Arrays.copyOf(leaves, 2 * count);
    }
    leaves[count++] = leaf;
  }

  synchronized OptionalLong leafOf(long sequence) {
    return sequence >= 1 && sequence <= count
        ? OptionalLong.of(leaves[(int) sequence - 1])
        : OptionalLong.empty();
  }
}
