package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.Kdf;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An HMAC session whose key only this process and the TPM know, because its salt was encrypted to a
 * key of that TPM. Whoever sits between us and the chip can neither change a command or answer that
 * goes through it unnoticed, nor read an encrypted parameter (Part 1, 19.6 and 21). All authValues
 * of ours are empty, so the session key is the HMAC key.
 */
public final class SecureSession implements Authorization, AutoCloseable {
  static final int NONCE = 32;

  private static final int KEY_BITS = 256;
  private static final int AES_BYTES = 16;

  private final Dispatcher dispatcher;
  private final SecureRandom random;
  private final int handle;
  private final byte[] key;
  private Bytes nonceCaller;
  private Bytes nonceTpm;

  /** The nonces of StartAuthSession are part of the key derivation. */
  SecureSession(Dispatcher dispatcher, SecureRandom random, Started started, byte[] salt) {
    this.dispatcher = dispatcher;
    this.random = random;
    this.handle = started.handle();
    this.nonceCaller = started.nonceCaller();
    this.nonceTpm = started.nonceTpm();
    this.key = Kdf.kdfA(salt, "ATH", nonceTpm, nonceCaller, KEY_BITS);
  }

  /** What StartAuthSession agreed on. */
  record Started(int handle, Bytes nonceCaller, Bytes nonceTpm) {}

  int handle() {
    return handle;
  }

  Bytes nonceCaller() {
    return nonceCaller;
  }

  /** A new nonce of ours for the next command; from now on it is the newer one. */
  void roll() {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    nonceCaller = Bytes.of(nonce);
  }

  Bytes commandHmac(Bytes commandHash, int attributes) {
    return hmac(commandHash, nonceCaller, nonceTpm, attributes);
  }

  /** Takes the TPM's new nonce if, and only if, the HMAC over the answer is right. */
  void accept(Bytes responseHash, Bytes newNonceTpm, int attributes, Bytes hmac)
      throws TpmException {
    if (!hmac(responseHash, newNonceTpm, nonceCaller, attributes).sameSecret(hmac)) {
      throw new TpmException.Tampered("the answer does not carry the HMAC of the session");
    }
    nonceTpm = newNonceTpm;
  }

  Bytes encryptCommand(Bytes parameter) {
    return crypt(Cipher.ENCRYPT_MODE, parameter, nonceCaller, nonceTpm);
  }

  Bytes decryptResponse(Bytes parameter) {
    return crypt(Cipher.DECRYPT_MODE, parameter, nonceTpm, nonceCaller);
  }

  private Bytes hmac(Bytes hash, Bytes newer, Bytes older, int attributes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(hash.buffer());
      mac.update(newer.buffer());
      mac.update(older.buffer());
      mac.update((byte) attributes);
      return Bytes.of(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java does not offer HmacSHA256", e);
    }
  }

  private Bytes crypt(int mode, Bytes parameter, Bytes newer, Bytes older) {
    byte[] keyAndIv = Kdf.kdfA(key, "CFB", newer, older, 2 * AES_BYTES * Byte.SIZE);
    try {
      Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(keyAndIv, 0, AES_BYTES, "AES"),
          new IvParameterSpec(keyAndIv, AES_BYTES, AES_BYTES));
      return Bytes.of(cipher.doFinal(parameter.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java does not offer AES/CFB", e);
    } finally {
      Arrays.fill(keyAndIv, (byte) 0);
    }
  }

  @Override
  public void close() throws TpmException {
    Arrays.fill(key, (byte) 0);
    dispatcher.flush(handle);
  }
}
