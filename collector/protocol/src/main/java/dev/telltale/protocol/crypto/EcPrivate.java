package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.KeyAgreement;

/**
 * A P-256 private key with its point, in software. Its file form is the PKCS#8 that OpenSSL writes:
 * named curve, the scalar in 32 bytes, the point beside it (RFC 5915), and no other.
 */
record EcPrivate(Providers providers, PrivateKey key, PublicPoint point) {
  private static final Bytes HEAD =
      Bytes.hex("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420");
  private static final Bytes MIDDLE = Bytes.hex("a144034200");
  private static final int SCALAR_AT = HEAD.length();
  private static final int MIDDLE_AT = SCALAR_AT + P256.COORDINATE;
  private static final int POINT_AT = MIDDLE_AT + MIDDLE.length();
  private static final int LENGTH = POINT_AT + PublicPoint.LENGTH;

  /** Any bytes: signed and verified to see that the two halves belong together. */
  private static final Bytes PROBE = Bytes.utf8("telltale key pair");

  static EcPrivate generate(Providers providers, SecureRandom random) {
    KeyPair pair = providers.p256Generator(random).generateKeyPair();
    if (!(pair.getPublic() instanceof ECPublicKey made)) {
      throw new IllegalStateException("a provider made an EC key without its point");
    }
    Bytes x = Bytes.of(P256.fixed(made.getW().getAffineX()));
    Bytes y = Bytes.of(P256.fixed(made.getW().getAffineY()));
    PublicPoint point = new PublicPoint(Bytes.concat(Bytes.hex("04"), x, y));
    return new EcPrivate(providers, pair.getPrivate(), point);
  }

  static EcPrivate parse(Providers providers, Bytes pkcs8) throws MalformedException {
    if (pkcs8.length() != LENGTH
        || !pkcs8.slice(0, SCALAR_AT).equals(HEAD)
        || !pkcs8.slice(MIDDLE_AT, POINT_AT).equals(MIDDLE)) {
      throw malformed("not a PKCS#8 P-256 private key with its public point");
    }
    PublicPoint point = PublicPoint.parse(pkcs8.slice(POINT_AT, LENGTH));
    BigInteger scalar = P256.number(pkcs8.slice(SCALAR_AT, MIDDLE_AT));
    if (!P256.isScalar(scalar)) {
      throw malformed("private key outside 1..n-1");
    }
    PrivateKey key;
    try {
      key = providers.ecKeys().generatePrivate(new PKCS8EncodedKeySpec(pkcs8.toArray()));
    } catch (InvalidKeySpecException e) {
      throw new IllegalStateException("a provider refused a valid P-256 private key", e);
    }
    if (!Ecdsa.verify(providers, point, PROBE, Ecdsa.sign(providers, key, PROBE))) {
      throw malformed("public point is not that of the private key");
    }
    return new EcPrivate(providers, key, point);
  }

  /** The x coordinate of the common point (SEC 1 section 3.3.1), 32 bytes. */
  Bytes agree(PublicPoint other) {
    try {
      KeyAgreement agreement = providers.ecdh();
      agreement.init(key);
      agreement.doPhase(other.key(providers), true);
      return Bytes.of(agreement.generateSecret());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a provider refused valid P-256 keys", e);
    }
  }

  Bytes pkcs8() {
    if (!(key instanceof ECPrivateKey readable)) {
      throw new IllegalStateException("the provider does not show this private key");
    }
    Bytes scalar = Bytes.of(P256.fixed(readable.getS()));
    return Bytes.concat(HEAD, scalar, MIDDLE, point.value());
  }

  private static MalformedException malformed(String detail) {
    return new MalformedException(Check.FORM_KEY, 0, detail);
  }

  @Override
  public String toString() {
    return "P-256 private key of " + point.kid();
  }
}
