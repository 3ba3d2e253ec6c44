package dev.telltale.agent.tpm.tss;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.Kdf;
import dev.telltale.protocol.tpm.TpmtPublic;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** A secret shared with the holder of a storage key (Part 1, B.10.2 and C.6.1 with "SECRET"). */
final class Salt implements AutoCloseable {
  private static final int LENGTH = 32;
  private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

  private final byte[] secret;
  private final Bytes encrypted;

  private Salt(byte[] secret, Bytes encrypted) {
    this.secret = secret;
    this.encrypted = encrypted;
  }

  static Salt to(TpmtPublic area, SecureRandom random) {
    try {
      return switch (area.key()) {
        case TpmtPublic.EccKey ecc -> agreed(ecc, random);
        case TpmtPublic.RsaKey rsa -> wrapped(rsa, random);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot encrypt to the key of the TPM", e);
    }
  }

  private static Salt agreed(TpmtPublic.EccKey key, SecureRandom random)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair ephemeral = generator.generateKeyPair();
    ECPublicKey ours = (ECPublicKey) ephemeral.getPublic();
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(ephemeral.getPrivate());
    agreement.doPhase(theirs(key, ours), true);
    byte[] z = agreement.generateSecret();
    Bytes x = coordinate(ours.getW().getAffineX());
    Bytes y = coordinate(ours.getW().getAffineY());
    byte[] secret = Kdf.kdfE(z, "SECRET", x, key.x(), LENGTH * Byte.SIZE);
    Arrays.fill(z, (byte) 0);
    Bytes size = Bytes.hex("0020");
    return new Salt(secret, Bytes.concat(size, x, size, y));
  }

  private static PublicKey theirs(TpmtPublic.EccKey key, ECPublicKey sameCurve)
      throws GeneralSecurityException {
    ECPoint point = new ECPoint(number(key.x()), number(key.y()));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, sameCurve.getParams()));
  }

  private static Salt wrapped(TpmtPublic.RsaKey key, SecureRandom random)
      throws GeneralSecurityException {
    byte[] secret = new byte[LENGTH];
    random.nextBytes(secret);
    byte[] label = "SECRET\0".getBytes(StandardCharsets.US_ASCII);
    Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
    oaep.init(
        Cipher.ENCRYPT_MODE,
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(number(key.modulus()), EXPONENT)),
        new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label)),
        random);
    return new Salt(secret, Bytes.of(oaep.doFinal(secret)));
  }

  private static BigInteger number(Bytes unsigned) {
    return new BigInteger(1, unsigned.toArray());
  }

  private static Bytes coordinate(BigInteger number) {
    byte[] signed = number.toByteArray();
    byte[] fixed = new byte[LENGTH];
    int length = Math.min(signed.length, LENGTH);
    System.arraycopy(signed, signed.length - length, fixed, LENGTH - length, length);
    return Bytes.of(fixed);
  }

  /** Not a copy: gone once this is closed. */
  byte[] secret() {
    return secret;
  }

  Bytes encrypted() {
    return encrypted;
  }

  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
  }
}
