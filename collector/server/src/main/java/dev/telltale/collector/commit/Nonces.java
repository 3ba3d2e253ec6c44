package dev.telltale.collector.commit;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Preimages;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces by derivation ({@code spec/challenge.md}): nobody without the challenge key can tell the
 * next one, and the collector stores none.
 */
public final class Nonces {
  private final Providers providers;
  private final SecretKeySpec key;

  public Nonces(Providers providers, Bytes challengeKey) {
    if (challengeKey.length() != Digest.LENGTH) {
      throw new IllegalArgumentException("a challenge key has 32 bytes");
    }
    this.providers = providers;
    this.key = new SecretKeySpec(challengeKey.toArray(), "HmacSHA256");
  }

  public Digest nonce(DeviceId device, long issued) {
    try {
      Mac mac = providers.hmacSha256();
      mac.init(key);
      return Digest.of(mac.doFinal(Preimages.challenge(device, issued).toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 takes a key of 32 bytes", e);
    }
  }
}
