package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Providers;
import java.security.MessageDigest;
import java.util.function.Supplier;

/** {@link TreeHash} over any hash of 32 bytes. Safe for several threads. */
public final class MerkleHash implements TreeHash {
  /** The hash of the log itself, in every suite. */
  public static final MerkleHash SHA256 = new MerkleHash(Providers.jdk()::sha256);

  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  private final Supplier<MessageDigest> hashes;

  /** Takes a new hash from the supplier for every result. */
  public MerkleHash(Supplier<MessageDigest> hashes) {
    this.hashes = hashes;
  }

  @Override
  public Digest leaf(Bytes... entry) {
    MessageDigest hash = hashes.get();
    hash.update(LEAF);
    for (Bytes part : entry) {
      hash.update(part.buffer());
    }
    return Digest.of(hash.digest());
  }

  @Override
  public Digest node(Digest left, Digest right) {
    MessageDigest hash = hashes.get();
    hash.update(NODE);
    hash.update(left.value().buffer());
    hash.update(right.value().buffer());
    return Digest.of(hash.digest());
  }

  @Override
  public Digest empty() {
    return Digest.of(hashes.get().digest());
  }
}
