package dev.telltale.auditor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.bundle.Place;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import java.util.ArrayList;
import java.util.List;

/** The log of a sample, leaf by leaf. */
final class SampleLog {
  private final List<Digest> leaves = new ArrayList<>();

  /** Of the next leaf: each has its own. */
  Bytes salt() {
    return Samples.fill(0xa0 + leaves.size(), 32);
  }

  void append(Leaf leaf) {
    leaves.add(leaf.hash());
  }

  long size() {
    return leaves.size();
  }

  Digest root() {
    return MerkleTree.root(MerkleHash.SHA256, leaves);
  }

  Place place(long index) {
    return new Place(
        Samples.fill(0xa0 + (int) index, 32),
        index,
        MerkleTree.inclusion(MerkleHash.SHA256, leaves, index).path());
  }
}
