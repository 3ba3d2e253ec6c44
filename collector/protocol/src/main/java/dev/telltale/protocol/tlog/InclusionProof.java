package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Digest;
import java.util.Iterator;
import java.util.List;

/**
 * That a leaf is at {@code index} of a tree of {@code size} leaves (RFC 9162 section 2.1.3). Any
 * numbers may stand here: a proof from outside is worth what {@link #leadsTo} says.
 */
public record InclusionProof(long index, long size, List<Digest> path) {
  public InclusionProof {
    path = List.copyOf(path);
  }

  /** Whether the path leads from this leaf hash to this root, with nothing left over. */
  public boolean leadsTo(TreeHash hash, Digest leaf, Digest root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Digest reached = leaf;
    for (Iterator<Digest> rest = path.iterator(); rest.hasNext(); ) {
      if (last == 0) {
        return false;
      }
      Digest sibling = rest.next();
      if ((node & 1) == 1 || node == last) {
        reached = hash.node(sibling, reached);
        // the right edge of the tree has no sibling on the levels skipped here
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        reached = hash.node(reached, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && reached.equals(root);
  }
}
