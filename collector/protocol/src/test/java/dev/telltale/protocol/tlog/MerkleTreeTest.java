package dev.telltale.protocol.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.crypto.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static final MerkleHash HASH = MerkleHash.SHA256;
  private static final int MOST = 40;
  private static final List<Digest> LEAVES =
      IntStream.range(0, MOST).mapToObj(i -> HASH.leaf(Bytes.u64(i))).toList();

  /** MTH of RFC 9162 section 2.1.1, written down as it stands there. */
  private static Digest byDefinition(List<Digest> leaves) {
    if (leaves.isEmpty()) {
      return HASH.empty();
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = 1;
    while (split * 2 < leaves.size()) {
      split *= 2;
    }
    return HASH.node(
        byDefinition(leaves.subList(0, split)), byDefinition(leaves.subList(split, leaves.size())));
  }

  private static List<Digest> tampered(List<Digest> path, int at) {
    List<Digest> changed = new ArrayList<>(path);
    changed.set(at, HASH.leaf(Bytes.utf8("another")));
    return changed;
  }

  private static List<Digest> longer(List<Digest> path) {
    List<Digest> changed = new ArrayList<>(path);
    changed.add(HASH.empty());
    return changed;
  }

  @Test
  void theEmptyTreeAndItsFirstLeafHaveTheHashesOfRfc6962() {
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        MerkleTree.root(HASH, List.of()).toString());
    assertEquals(
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", HASH.leaf().toString());
  }

  @Test
  void rootsAreThoseOfTheDefinition() {
    MerkleTree tree = MerkleTree.over(HASH, LEAVES);
    for (int size = 0; size <= MOST; size++) {
      List<Digest> leaves = LEAVES.subList(0, size);
      assertEquals(byDefinition(leaves), tree.root(size));
      assertEquals(byDefinition(leaves), MerkleTree.root(HASH, leaves));
    }
  }

  @Test
  void everyInclusionProofLeadsToTheRootAndNoChangedOneDoes() {
    MerkleTree tree = MerkleTree.over(HASH, LEAVES);
    for (int size = 1; size <= MOST; size++) {
      Digest root = tree.root(size);
      for (int index = 0; index < size; index++) {
        InclusionProof proof = tree.inclusion(index, size);
        Digest leaf = LEAVES.get(index);
        assertTrue(proof.leadsTo(HASH, leaf, root), index + " in " + size);
        assertFalse(proof.leadsTo(HASH, HASH.leaf(Bytes.EMPTY), root));
        assertFalse(
            new InclusionProof(index, size, longer(proof.path())).leadsTo(HASH, leaf, root));
        assertFalse(new InclusionProof(index + 1, size, proof.path()).leadsTo(HASH, leaf, root));
        for (int at = 0; at < proof.path().size(); at++) {
          List<Digest> path = tampered(proof.path(), at);
          assertFalse(new InclusionProof(index, size, path).leadsTo(HASH, leaf, root));
        }
        if (!proof.path().isEmpty()) {
          List<Digest> cut = proof.path().subList(0, proof.path().size() - 1);
          assertFalse(new InclusionProof(index, size, cut).leadsTo(HASH, leaf, root));
        }
      }
    }
  }

  @Test
  void everyConsistencyProofConnectsTheRootsAndNoChangedOneDoes() {
    MerkleTree tree = MerkleTree.over(HASH, LEAVES);
    for (int to = 1; to <= MOST; to++) {
      for (int from = 1; from <= to; from++) {
        Digest old = tree.root(from);
        Digest extended = tree.root(to);
        ConsistencyProof proof = tree.consistency(from, to);
        assertTrue(proof.connects(HASH, old, extended), from + " to " + to);
        assertFalse(proof.connects(HASH, HASH.empty(), extended));
        assertFalse(proof.connects(HASH, old, HASH.empty()));
        assertFalse(
            new ConsistencyProof(from, to, longer(proof.path())).connects(HASH, old, extended));
        for (int at = 0; at < proof.path().size(); at++) {
          List<Digest> path = tampered(proof.path(), at);
          assertFalse(new ConsistencyProof(from, to, path).connects(HASH, old, extended));
        }
        if (!proof.path().isEmpty()) {
          List<Digest> cut = proof.path().subList(0, proof.path().size() - 1);
          assertFalse(new ConsistencyProof(from, to, cut).connects(HASH, old, extended));
        }
      }
    }
  }

  /** The top of a higher tree, given as that of a lower one. */
  @Test
  void aPathThatGoesOnAboveTheRootIsRefusedThoughItsHashesFit() {
    Digest above = HASH.leaf(Bytes.utf8("above"));
    Digest leaf = LEAVES.getFirst();
    assertFalse(
        new InclusionProof(0, 1, List.of(above)).leadsTo(HASH, leaf, HASH.node(above, leaf)));
    MerkleTree tree = MerkleTree.over(HASH, LEAVES);
    List<Digest> path = new ArrayList<>(tree.consistency(3, 4).path());
    path.add(above);
    assertFalse(
        new ConsistencyProof(3, 4, path)
            .connects(HASH, HASH.node(above, tree.root(3)), HASH.node(above, tree.root(4))));
  }

  @Test
  void nothingIsProvenFromSizeZero() {
    Digest empty = HASH.empty();
    assertFalse(new ConsistencyProof(0, 0, List.of()).connects(HASH, empty, empty));
    assertFalse(new ConsistencyProof(0, 1, List.of()).connects(HASH, empty, LEAVES.getFirst()));
    assertThrows(
        IllegalArgumentException.class, () -> MerkleTree.over(HASH, LEAVES).consistency(0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> MerkleTree.over(HASH, LEAVES).inclusion(3, 3));
  }

  @Test
  void equalSizesNeedEqualRootsAndNoPath() {
    Digest root = LEAVES.getFirst();
    Digest other = LEAVES.get(1);
    assertTrue(new ConsistencyProof(5, 5, List.of()).connects(HASH, root, root));
    assertFalse(new ConsistencyProof(5, 5, List.of()).connects(HASH, root, other));
    assertFalse(new ConsistencyProof(5, 5, List.of(root)).connects(HASH, root, root));
  }

  @Test
  void hugeOrNegativeNumbersAreJustNoProofs() {
    Digest root = LEAVES.getFirst();
    for (long number : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertFalse(new InclusionProof(number, number, List.of()).leadsTo(HASH, root, root));
      assertFalse(new InclusionProof(0, number, List.of()).leadsTo(HASH, root, root));
      assertFalse(new ConsistencyProof(number, 1, List.of()).connects(HASH, root, root));
      assertFalse(new ConsistencyProof(1, number, List.of()).connects(HASH, root, root));
    }
  }

  @Test
  void aTreeOfAnotherHashHasOtherRootsAndItsProofsAreItsOwn() {
    MerkleHash other = new MerkleHash(MerkleTreeTest::anotherHash);
    List<Digest> leaves = IntStream.range(0, 7).mapToObj(i -> other.leaf(Bytes.u64(i))).toList();
    Digest root = MerkleTree.root(other, leaves);
    InclusionProof proof = MerkleTree.inclusion(other, leaves, 6);
    assertTrue(proof.leadsTo(other, leaves.get(6), root));
    assertFalse(proof.leadsTo(HASH, leaves.get(6), root));
    assertNotEquals(HASH.empty(), other.empty());
  }

  private static Digest anotherHash(Bytes... parts) {
    return Sha256.of(Bytes.utf8("another"), Bytes.concat(parts));
  }

  @Test
  void suiteNistHashesReadingsLikeTheLog() throws MalformedException {
    MerkleHash nist = MerkleHash.of(Suite.numbered(1, Providers.jdk()));
    assertEquals(HASH.leaf(Bytes.utf8("x")), ReadingLeaves.ofCiphertext(nist, Bytes.utf8("x")));
    assertEquals(
        HASH.leaf(Bytes.utf8("telltale/1/reading-key\0"), Bytes.utf8("k")),
        ReadingLeaves.ofKey(nist, Bytes.utf8("k")));
  }

  @Test
  void aLeafInPartsIsTheLeafOfTheWhole() {
    Bytes whole = Bytes.utf8("whole");
    assertEquals(HASH.leaf(whole), HASH.leaf(whole.slice(0, 2), whole.slice(2, 5)));
  }

  @Test
  void aProofFromALargeLogAsksOnlyForNodesThatExist() {
    long size = (1L << 40) + 12_345;
    MerkleTree tree =
        new MerkleTree(
            HASH,
            (level, index) -> {
              assertTrue(((index + 1) << level) <= size, "a node beyond the end");
              return HASH.leaf(Bytes.u64(level), Bytes.u64(index));
            });
    assertEquals(Long.bitCount(size) - 1, tree.inclusion(size - 1, size).path().size());
    assertTrue(tree.inclusion(0, size).path().size() <= 63);
    assertTrue(tree.consistency(1L << 39, size).path().size() <= 63);
    assertNotEquals(tree.root(size), tree.root(size - 1));
  }
}
