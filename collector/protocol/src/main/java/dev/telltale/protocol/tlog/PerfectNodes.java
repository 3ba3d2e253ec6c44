package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Digest;

/**
 * The roots of the complete subtrees of a tree: everything that a root or a proof is made of, at
 * whatever size. A log keeps them, a short list computes them.
 */
@FunctionalInterface
public interface PerfectNodes {
  /**
   * The root over the leaves from {@code index << level}, {@code 1 << level} of them. Asked for
   * only where all of these exist.
   */
  Digest node(int level, long index);
}
