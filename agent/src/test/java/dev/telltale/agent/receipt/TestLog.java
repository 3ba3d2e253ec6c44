package dev.telltale.agent.receipt;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Nist;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Challenge;
import dev.telltale.protocol.message.Coverage;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.SignedNote;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A log and the collector that answers from it, in memory. */
public final class TestLog {
  public static final Suite SUITE = new Nist(Providers.jdk());
  public static final Bytes SALT = Bytes.of(new byte[Leaf.SALT_LENGTH]);
  public static final long NOON = 1_795_521_600_000L;

  private static final P256Key MESSAGE_KEY = P256Key.generate(Providers.jdk(), new SecureRandom());

  private final Ed25519NoteSigner signer;
  private final List<Digest> leaves = new ArrayList<>();

  public TestLog() {
    this(1);
  }

  /** Logs of the same seed have the same key. */
  public TestLog(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    signer = Ed25519NoteSigner.fromSeed("example.org/log", bytes);
    grow(3);
  }

  public LogKeys keys() {
    return new LogKeys(signer.key(), List.of());
  }

  public PublicPoint messageKey() {
    return MESSAGE_KEY.publicKey();
  }

  public void grow(int entries) {
    for (int i = 0; i < entries; i++) {
      leaves.add(new Leaf(SUITE.hash(Bytes.u64(leaves.size()), signer.key().id())).hash());
    }
  }

  /** Adds a leaf and returns its index. */
  public long append(Leaf leaf) {
    leaves.add(leaf.hash());
    return leaves.size() - 1L;
  }

  public Bytes note() {
    return note(new Checkpoint("example.org/log", leaves.size(), root()));
  }

  public Bytes note(Checkpoint checkpoint) {
    return SignedNote.sign(checkpoint.text(), List.of(signer)).encode();
  }

  public Digest root() {
    return MerkleTree.root(MerkleHash.SHA256, leaves);
  }

  public long size() {
    return leaves.size();
  }

  public HeldCheckpoint checkpoint() {
    try {
      return keys().open(note());
    } catch (dev.telltale.protocol.MalformedException e) {
      throw new AssertionError(e);
    }
  }

  public List<Digest> consistency(long from) {
    return MerkleTree.over(MerkleHash.SHA256, leaves).consistency(from, leaves.size()).path();
  }

  public List<Digest> inclusion(long index) {
    return MerkleTree.inclusion(MerkleHash.SHA256, leaves, index).path();
  }

  public static Verdict verdict(Tier tier) {
    return new Verdict(tier, Coverage.AGENT_ONLY, 1, 2, 0, NOON, List.of());
  }

  /** Commits an envelope and answers with its receipt. */
  public Receipt commit(
      long sequence, Bytes manifest, Bytes attest, Tier tier, HeldCheckpoint newest) {
    Bytes verdict = verdict(tier).encode();
    Leaf leaf = Leaf.envelope(SALT, SUITE.hash(manifest), SUITE.hash(attest), verdict);
    return receipt(sequence, append(leaf), verdict, newest);
  }

  /** For an entry of the log, at its present size. */
  public Receipt receipt(long sequence, long index, Bytes verdict, HeldCheckpoint newest) {
    return new Receipt(
        sequence,
        SALT,
        verdict,
        index,
        inclusion(index),
        note(),
        newest.size(),
        consistency(newest.size()));
  }

  public Bytes challenge(DeviceId device, long issued, HeldCheckpoint newest) {
    return sign(
        new Challenge(
            1,
            device,
            SUITE.hash(device.value(), Bytes.u64(issued)),
            issued,
            note(),
            newest.size(),
            consistency(newest.size())));
  }

  public static Bytes sign(Challenge challenge) {
    return CoseSign1.sign(MESSAGE_KEY, Challenge.KIND, challenge.encode()).encoded();
  }
}
