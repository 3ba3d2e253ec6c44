package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.crypto.Providers;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key derivations of TPM 2.0 Part 1, section 11.4.10, with SHA-256. Arrays, not {@link Bytes},
 * because what comes out is secret and the caller wipes it.
 */
public final class Kdf {
  private static final int HASH_BYTES = 32;
  private static final int MOST_BITS = 8 * 1024;

  private Kdf() {}

  /** KDFa: SP 800-108 in counter mode with HMAC. */
  public static byte[] kdfA(byte[] key, String label, Bytes contextU, Bytes contextV, int bits) {
    byte[] out = new byte[bytes(bits)];
    Mac mac = hmac(key);
    for (int counter = 1, at = 0; at < out.length; counter++, at += HASH_BYTES) {
      mac.update(u32(counter));
      mac.update(Bytes.utf8(label).buffer());
      mac.update((byte) 0);
      mac.update(contextU.buffer());
      mac.update(contextV.buffer());
      mac.update(u32(bits));
      take(mac.doFinal(), out, at);
    }
    return out;
  }

  /** KDFe: the one-step derivation of SP 800-56A, for what comes from a key agreement. */
  public static byte[] kdfE(byte[] z, String use, Bytes partyU, Bytes partyV, int bits) {
    byte[] out = new byte[bytes(bits)];
    MessageDigest hash = Providers.jdk().sha256();
    for (int counter = 1, at = 0; at < out.length; counter++, at += HASH_BYTES) {
      hash.update(u32(counter));
      hash.update(z);
      hash.update(Bytes.utf8(use).buffer());
      hash.update((byte) 0);
      hash.update(partyU.buffer());
      hash.update(partyV.buffer());
      take(hash.digest(), out, at);
    }
    return out;
  }

  /** Part 1 masks the surplus bits of an odd size; nothing here has one. */
  private static int bytes(int bits) {
    if (bits <= 0 || bits > MOST_BITS || bits % Byte.SIZE != 0) {
      throw new IllegalArgumentException("whole bytes, at most " + MOST_BITS + " bits: " + bits);
    }
    return bits / Byte.SIZE;
  }

  private static byte[] u32(int value) {
    return new TpmWriter().u32(value).toBytes().toArray();
  }

  private static void take(byte[] block, byte[] out, int at) {
    System.arraycopy(block, 0, out, at, Math.min(HASH_BYTES, out.length - at));
    Arrays.fill(block, (byte) 0);
  }

  private static Mac hmac(byte[] key) {
    try {
      Mac mac = Providers.jdk().hmacSha256();
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC takes any key", e);
    }
  }
}
