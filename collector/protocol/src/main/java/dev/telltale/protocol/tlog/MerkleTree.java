package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of a tree of which the complete subtrees are known (RFC 9162 sections 2.1.1,
 * 2.1.3.1 and 2.1.4.1: a tree of n leaves is split at the largest power of two below n).
 */
public final class MerkleTree {
  private final TreeHash hash;
  private final PerfectNodes nodes;

  public MerkleTree(TreeHash hash, PerfectNodes nodes) {
    this.hash = hash;
    this.nodes = nodes;
  }

  /** A tree over leaf hashes in memory, which must not change while it is used. */
  public static MerkleTree over(TreeHash hash, List<Digest> leaves) {
    return new MerkleTree(hash, new ComputedNodes(hash, leaves));
  }

  public static Digest root(TreeHash hash, List<Digest> leaves) {
    return over(hash, leaves).root(leaves.size());
  }

  public static InclusionProof inclusion(TreeHash hash, List<Digest> leaves, long index) {
    return over(hash, leaves).inclusion(index, leaves.size());
  }

  private record ComputedNodes(TreeHash hash, List<Digest> leaves) implements PerfectNodes {
    @Override
    public Digest node(int level, long index) {
      return level == 0
          ? leaves.get(Math.toIntExact(index))
          : hash.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }
  }

  /** The root of the first {@code size} leaves. */
  public Digest root(long size) {
    return size == 0 ? hash.empty() : range(0, size);
  }

  /** The path from leaf {@code index} to the root at {@code size}, the leaf's sibling first. */
  public InclusionProof inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    List<Digest> path = new ArrayList<>();
    inclusion(index, 0, size, path);
    return new InclusionProof(index, size, path);
  }

  private void inclusion(long index, long begin, long end, List<Digest> path) {
    if (end - begin == 1) {
      return;
    }
    long middle = begin + split(end - begin);
    if (index < middle) {
      inclusion(index, begin, middle, path);
      path.add(range(middle, end));
    } else {
      inclusion(index, middle, end, path);
      path.add(range(begin, middle));
    }
  }

  /** That the tree of {@code to} leaves begins with the tree of {@code from}, at least one. */
  public ConsistencyProof consistency(long from, long to) {
    if (from < 1 || from > to) {
      throw new IllegalArgumentException("no proof from size " + from + " to " + to);
    }
    List<Digest> path = new ArrayList<>();
    if (from < to) {
      consistency(from, new Range(0, to), true, path);
    }
    return new ConsistencyProof(from, to, path);
  }

  private record Range(long begin, long end) {
    long middle() {
      return begin + split(end - begin);
    }
  }

  /**
   * SUBPROOF of RFC 9162: {@code old} leaves end the old tree; {@code whole} while the old tree
   * itself would be the next hash, which the verifier knows.
   */
  private void consistency(long old, Range range, boolean whole, List<Digest> path) {
    if (old == range.end()) {
      if (!whole) {
        path.add(range(range.begin(), range.end()));
      }
      return;
    }
    long middle = range.middle();
    if (old <= middle) {
      consistency(old, new Range(range.begin(), middle), whole, path);
      path.add(range(middle, range.end()));
    } else {
      consistency(old, new Range(middle, range.end()), false, path);
      path.add(range(range.begin(), middle));
    }
  }

  /** The root over a range that splitting led to, so that its complete subtrees are aligned. */
  private Digest range(long begin, long end) {
    long width = end - begin;
    if (Long.bitCount(width) == 1) {
      int level = Long.numberOfTrailingZeros(width);
      return nodes.node(level, begin >>> level);
    }
    long middle = begin + split(width);
    return hash.node(range(begin, middle), range(middle, end));
  }

  /** The largest power of two below the width, which is 2 or more. */
  private static long split(long width) {
    return Long.highestOneBit(width - 1);
  }
}
