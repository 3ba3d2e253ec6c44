package dev.telltale.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeTest {
  @Test
  void rootsAreThoseComputedFromTheLeaves() {
    Tree tree = new Tree(Providers.jdk().sha256());
    MerkleTree roots = new MerkleTree(MerkleHash.SHA256, tree);
    List<Digest> leaves = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Bytes leaf = Bytes.utf8("leaf " + i);
      tree.append(leaf.toArray());
      leaves.add(MerkleHash.SHA256.leaf(leaf));

      assertEquals(MerkleTree.root(MerkleHash.SHA256, leaves), roots.root(i + 1));
    }
  }

  @Test
  void nodesAreFoundAcrossChunks() {
    int size = 10_000;
    Tree tree = new Tree(Providers.jdk().sha256());
    List<Digest> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Bytes leaf = Bytes.u64(i);
      tree.append(leaf.toArray());
      leaves.add(MerkleHash.SHA256.leaf(leaf));
    }
    MerkleTree roots = new MerkleTree(MerkleHash.SHA256, tree);

    for (int at : new int[] {1, 4095, 4096, 4097, 8192, 9999, size}) {
      assertEquals(
          MerkleTree.root(MerkleHash.SHA256, leaves.subList(0, at)), roots.root(at), "at " + at);
    }
    assertEquals(
        MerkleTree.inclusion(MerkleHash.SHA256, leaves, 4096).path(),
        roots.inclusion(4096, size).path());
  }
}
