package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.crypto.Suite;

/** {@link TreeHash} over any hash of 32 bytes. Safe for several threads. */
public final class MerkleHash implements TreeHash {
  /** The hash of the log itself, in every suite. */
  public static final MerkleHash SHA256 = new MerkleHash(Sha256::of);

  private static final Bytes LEAF = Bytes.hex("00");
  private static final Bytes NODE = Bytes.hex("01");

  private final Hash hash;

  /** A hash of the concatenation of parts. */
  @FunctionalInterface
  public interface Hash {
    Digest of(Bytes... parts);
  }

  public MerkleHash(Hash hash) {
    this.hash = hash;
  }

  /** For the trees over the readings of an envelope. */
  public static MerkleHash of(Suite suite) {
    return new MerkleHash(suite::hash);
  }

  @Override
  public Digest leaf(Bytes... entry) {
    Bytes[] parts = new Bytes[entry.length + 1];
    parts[0] = LEAF;
    System.arraycopy(entry, 0, parts, 1, entry.length);
    return hash.of(parts);
  }

  @Override
  public Digest node(Digest left, Digest right) {
    return hash.of(NODE, left.value(), right.value());
  }

  @Override
  public Digest empty() {
    return hash.of();
  }
}
