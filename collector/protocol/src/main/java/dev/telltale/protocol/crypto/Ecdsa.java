package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;

/**
 * ECDSA over P-256 with SHA-256; a signature is r‖s in 64 bytes (RFC 9053 section 2.1) and nothing
 * else. Range checks are ours: a provider gets a point on the curve, r and s in 1..n-1, and a DER
 * form that we wrote.
 */
public final class Ecdsa {
  public static final int LENGTH = 64;

  private static final int HALF = 32;
  private static final int DER_SEQUENCE = 0x30;
  private static final int DER_INTEGER = 0x02;

  private Ecdsa() {}

  /** False for every signature that is not a valid one, whatever is wrong with it. */
  public static boolean verify(
      Providers providers, PublicPoint key, Bytes message, Bytes signature) {
    Optional<Bytes> der = toDer(signature);
    if (der.isEmpty()) {
      return false;
    }
    try {
      Signature engine = providers.ecdsa();
      engine.initVerify(key.key(providers));
      engine.update(message.toArray());
      return engine.verify(der.get().toArray());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a provider refused a valid P-256 key", e);
    } catch (SignatureException _) {
      return false;
    }
  }

  static Bytes sign(Providers providers, PrivateKey key, Bytes message) {
    try {
      Signature engine = providers.ecdsa();
      engine.initSign(key);
      engine.update(message.toArray());
      return fromDer(Bytes.of(engine.sign()));
    } catch (InvalidKeyException | SignatureException e) {
      throw new IllegalStateException("a provider could not sign with its own key", e);
    }
  }

  /** Empty unless the signature has 64 bytes and both halves are in range. */
  static Optional<Bytes> toDer(Bytes raw) {
    if (raw.length() != LENGTH) {
      return Optional.empty();
    }
    BigInteger r = P256.number(raw.slice(0, HALF));
    BigInteger s = P256.number(raw.slice(HALF, LENGTH));
    if (!P256.isScalar(r) || !P256.isScalar(s)) {
      return Optional.empty();
    }
    return Optional.of(derElement(DER_SEQUENCE, Bytes.concat(derInteger(r), derInteger(s))));
  }

  private static Bytes derInteger(BigInteger number) {
    return derElement(DER_INTEGER, Bytes.of(number.toByteArray()));
  }

  private static Bytes derElement(int tag, Bytes content) {
    return Bytes.concat(Bytes.of(new byte[] {(byte) tag, (byte) content.length()}), content);
  }

  /** Only ever sees what a local engine produced: anything else than plain DER is its defect. */
  static Bytes fromDer(Bytes der) {
    int rLength = der.at(3);
    Bytes r = der.slice(4, 4 + rLength);
    Bytes s = der.slice(4 + rLength + 2, der.length());
    Bytes raw =
        Bytes.concat(Bytes.of(P256.fixed(P256.number(r))), Bytes.of(P256.fixed(P256.number(s))));
    if (!toDer(raw).equals(Optional.of(der))) {
      throw new IllegalStateException("a provider made a signature that is not DER");
    }
    return raw;
  }
}
