package dev.telltale.ledger;

import dev.telltale.protocol.Digest;
import dev.telltale.protocol.tlog.MerkleTree;

/** Grows the tree from the journal and refuses one that does not lead where it says. */
final class Rebuild implements Journal.Reader {
  private final String origin;
  private final Tree tree;
  private final MerkleTree roots;
  private long lastTime;

  Rebuild(String origin, Tree tree, MerkleTree roots) {
    this.origin = origin;
    this.tree = tree;
    this.roots = roots;
  }

  long lastTime() {
    return lastTime;
  }

  @Override
  public void head(Records.Head head) throws LedgerException {
    if (!head.origin().equals(origin)) {
      throw new LedgerException("this is the journal of " + head.origin() + ", not of " + origin);
    }
    compare(head.size(), head.root());
  }

  @Override
  public void entry(Entry entry) {
    tree.append(entry.leaf().toArray());
  }

  @Override
  public void closing(Records.Closing closing) throws LedgerException {
    compare(closing.size(), closing.root());
    lastTime = closing.timeMillis();
  }

  private void compare(long size, Digest root) throws LedgerException {
    if (size != tree.size()) {
      throw new LedgerException(
          "the journal says " + size + " entries where there are " + tree.size());
    }
    if (!root.equals(roots.root(size))) {
      throw new LedgerException(
          "the entries do not lead to the root that the journal says at size " + size);
    }
  }
}
