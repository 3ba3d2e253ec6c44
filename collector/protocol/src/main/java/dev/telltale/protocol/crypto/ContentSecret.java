package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The secret S of one key period: 32 bytes, in memory only, wiped on {@link #close}. It has no text
 * form and compares by identity.
 */
public final class ContentSecret implements AutoCloseable {
  public static final int LENGTH = 32;

  private final byte[] secret;
  private boolean closed;

  private ContentSecret(byte[] secret) {
    this.secret = secret;
  }

  public static ContentSecret of(Bytes secret) {
    if (secret.length() != LENGTH) {
      throw new IllegalArgumentException("a content secret has 32 bytes");
    }
    return new ContentSecret(secret.toArray());
  }

  /** Fresh from two sources, so that one bad one does not show it: this one and other bytes. */
  public static ContentSecret draw(SecureRandom random, Bytes other) {
    byte[] drawn = new byte[LENGTH];
    random.nextBytes(drawn);
    ContentSecret mixed = of(Sha256.of(Bytes.of(drawn), other).value());
    Arrays.fill(drawn, (byte) 0);
    return mixed;
  }

  /** A copy of the bytes, for the operation at hand. */
  synchronized Bytes reveal() {
    if (closed) {
      throw new IllegalStateException("this content secret has been wiped");
    }
    return Bytes.of(secret);
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "content secret";
  }
}
