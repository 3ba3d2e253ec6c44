package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of the platform, the name and signing hash of every key Telltale accepts. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Digest of(Bytes... parts) {
    MessageDigest hash = start();
    for (Bytes part : parts) {
      hash.update(part.buffer());
    }
    return Digest.of(hash.digest());
  }
}
