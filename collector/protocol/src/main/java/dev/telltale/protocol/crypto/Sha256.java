package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import java.security.MessageDigest;

/** SHA-256, for what is SHA-256 in every suite: key ids, the log, whole messages. */
public final class Sha256 {
  private Sha256() {}

  /** Of the concatenation of the parts. */
  public static Digest of(Bytes... parts) {
    MessageDigest digest = Providers.jdk().sha256();
    for (Bytes part : parts) {
      digest.update(part.toArray());
    }
    return Digest.of(digest.digest());
  }
}
