package dev.telltale.protocol.spec;

import static dev.telltale.protocol.message.Samples.fill;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.SignedNote;
import java.util.ArrayList;
import java.util.List;

/** The log of the example, leaf by leaf. */
final class ExampleLog {
  static final Ed25519NoteSigner SIGNER = Samples.noteSigner();

  private final List<Digest> leaves = new ArrayList<>();

  void append(Leaf leaf) {
    leaves.add(leaf.hash());
  }

  int size() {
    return leaves.size();
  }

  /** Of the next leaf: every entry has its own. */
  Bytes salt() {
    return fill(0xa0 + leaves.size(), 32);
  }

  Bytes note() {
    Checkpoint checkpoint = new Checkpoint(SIGNER.key().name(), leaves.size(), root());
    return SignedNote.sign(checkpoint.text(), List.of(SIGNER)).encode();
  }

  Digest root() {
    return MerkleTree.root(MerkleHash.SHA256, leaves);
  }

  List<Digest> path(long index) {
    return MerkleTree.inclusion(MerkleHash.SHA256, leaves, index).path();
  }

  /** From the tree without the last leaf. */
  List<Digest> consistency() {
    return MerkleTree.over(MerkleHash.SHA256, leaves)
        .consistency(leaves.size() - 1, leaves.size())
        .path();
  }
}
