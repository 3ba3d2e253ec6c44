package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM (RFC 5116 section 5.2): key 32 bytes, nonce 12, tag 16 behind the ciphertext. */
final class AesGcm {
  static final int KEY = 32;
  static final int NONCE = 12;
  static final int TAG = 16;

  private AesGcm() {}

  static Bytes seal(Providers providers, Bytes key, Bytes nonce, Bytes aad, Bytes plaintext) {
    try {
      return Bytes.of(
          engine(providers, Cipher.ENCRYPT_MODE, key, nonce, aad).doFinal(plaintext.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refused to encrypt", e);
    }
  }

  /** Empty when the tag does not verify. */
  static Optional<Bytes> open(
      Providers providers, Bytes key, Bytes nonce, Bytes aad, Bytes ciphertext) {
    if (ciphertext.length() < TAG) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Bytes.of(
              engine(providers, Cipher.DECRYPT_MODE, key, nonce, aad)
                  .doFinal(ciphertext.toArray())));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refused to decrypt", e);
    }
  }

  private static Cipher engine(Providers providers, int mode, Bytes key, Bytes nonce, Bytes aad)
      throws GeneralSecurityException {
    if (key.length() != KEY || nonce.length() != NONCE) {
      throw new IllegalArgumentException("AES-256-GCM takes a key of 32 bytes and a nonce of 12");
    }
    Cipher cipher = providers.aesGcm();
    cipher.init(
        mode,
        new SecretKeySpec(key.toArray(), "AES"),
        new GCMParameterSpec(TAG * Byte.SIZE, nonce.toArray()));
    cipher.updateAAD(aad.toArray());
    return cipher;
  }
}
