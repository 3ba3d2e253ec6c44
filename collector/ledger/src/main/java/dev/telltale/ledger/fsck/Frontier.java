package dev.telltale.ledger.fsck;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.tlog.MerkleHash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The right edge of the growing tree: all that its root needs. */
final class Frontier {
  /** Complete subtrees, the smallest on top. */
  private final Deque<Subtree> edge = new ArrayDeque<>();

  private long size;

  private record Subtree(int level, Digest root) {}

  long size() {
    return size;
  }

  void add(Bytes leaf) {
    Subtree added = new Subtree(0, MerkleHash.SHA256.leaf(leaf));
    while (!edge.isEmpty() && edge.peek().level() == added.level()) {
      Digest left = edge.pop().root();
      added = new Subtree(added.level() + 1, MerkleHash.SHA256.node(left, added.root()));
    }
    edge.push(added);
    size++;
  }

  Digest root() {
    if (edge.isEmpty()) {
      return MerkleHash.SHA256.empty();
    }
    Iterator<Subtree> smallestFirst = edge.iterator();
    Digest root = smallestFirst.next().root();
    while (smallestFirst.hasNext()) {
      root = MerkleHash.SHA256.node(smallestFirst.next().root(), root);
    }
    return root;
  }
}
