package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Digest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * That the tree of {@code to} leaves begins with that of {@code from} (RFC 9162 section 2.1.4). Any
 * numbers may stand here: a proof from outside is worth what {@link #connects} says.
 */
public record ConsistencyProof(long from, long to, List<Digest> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /**
   * Whether the path connects these two roots. Equal sizes need equal roots and no path. From size
   * 0 nothing can be proven, so the answer is no, even to size 0: every log of Telltale has its
   * genesis before anyone can ask.
   */
  public boolean connects(TreeHash hash, Digest oldRoot, Digest newRoot) {
    if (from < 1 || from > to) {
      return false;
    }
    if (from == to) {
      return path.isEmpty() && oldRoot.equals(newRoot);
    }
    Deque<Digest> rest = new ArrayDeque<>(path);
    if (Long.bitCount(from) == 1) {
      // the old tree is one complete subtree: the prover leaves its root out
      rest.addFirst(oldRoot);
    }
    return !rest.isEmpty() && fold(hash, rest, oldRoot, newRoot);
  }

  private boolean fold(TreeHash hash, Deque<Digest> rest, Digest oldRoot, Digest newRoot) {
    int complete = Long.numberOfTrailingZeros(from);
    long node = (from - 1) >>> complete;
    long last = (to - 1) >>> complete;
    Digest old = rest.removeFirst();
    Digest extended = old;
    for (Digest sibling : rest) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        old = hash.node(sibling, old);
        extended = hash.node(sibling, extended);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        extended = hash.node(extended, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && old.equals(oldRoot) && extended.equals(newRoot);
  }
}
