package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-256 (RFC 2104). Compare results with {@link Bytes#sameSecret}. */
public final class HmacSha256 {
  private HmacSha256() {}

  /** Over the concatenation of the parts; the key must not be empty. */
  public static Bytes of(Bytes key, Bytes... parts) {
    Mac mac = Providers.jdk().hmacSha256();
    try {
      mac.init(new SecretKeySpec(key.toArray(), "HmacSHA256"));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC takes any key of one byte or more", e);
    }
    for (Bytes part : parts) {
      mac.update(part.toArray());
    }
    return Bytes.of(mac.doFinal());
  }
}
