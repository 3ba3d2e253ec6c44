package dev.telltale.verifier.enrolment;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.EphemeralAgreement;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.tpm.Kdf;
import dev.telltale.protocol.tpm.TpmtPublic;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * TPM2_MakeCredential in software (TPM 2.0 Part 1, section 24, credential protection), for the EK
 * templates L-1 and L-2: name hash SHA-256, AES-128 in CFB. In software because a chip has been
 * seen to fail for good on a foreign storage key, and with a cryptographic source of randomness
 * because the seed is all that binds AK to EK.
 */
public final class CredentialMaker {
  private static final int SECRET = 32;
  private static final int SEED_BITS = 256;
  private static final int STORAGE_BITS = 128;
  private static final int INTEGRITY_BITS = 256;
  private static final String IDENTITY = "IDENTITY";
  private static final int MODULUS_BITS = 2_048;

  private final Providers providers;
  private final SecureRandom random;

  public CredentialMaker(Providers providers, SecureRandom random) {
    this.providers = providers;
    this.random = random;
  }

  private record Seed(Bytes seed, Bytes encrypted) {
    @Override
    public String toString() {
      return "seed";
    }
  }

  /**
   * A fresh secret for the TPM that has both this EK and an object of this name.
   *
   * @throws MalformedException when the EK's point is not on its curve, or its modulus not one of
   *     RSA-2048
   */
  public Credential make(TpmtPublic ek, Bytes akName) throws MalformedException {
    Seed seed =
        switch (ek.key()) {
          case TpmtPublic.EccKey key -> seedFor(PublicPoint.parse(key.sec1()));
          case TpmtPublic.RsaKey key -> seedFor(key);
        };
    byte[] secret = new byte[SECRET];
    random.nextBytes(secret);
    try {
      Bytes idObject = protect(seed.seed.toArray(), akName, secret);
      return new Credential(idObject, seed.encrypted, Bytes.of(secret));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Part 1, C.6.4: the seed comes out of an agreement with an ephemeral key. */
  private Seed seedFor(PublicPoint ek) {
    EphemeralAgreement agreement = EphemeralAgreement.with(providers, ek, random);
    PublicPoint ephemeral = agreement.point();
    byte[] seed =
        Kdf.kdfE(agreement.shared().toArray(), IDENTITY, ephemeral.x(), ek.x(), SEED_BITS);
    return new Seed(Bytes.of(seed), Bytes.concat(sized(ephemeral.x()), sized(ephemeral.y())));
  }

  /** Part 1, B.10.4: the seed is drawn and encrypted with OAEP under a label with its NUL. */
  private Seed seedFor(TpmtPublic.RsaKey ek) throws MalformedException {
    BigInteger modulus = new BigInteger(1, ek.modulus().toArray());
    if (modulus.bitLength() != MODULUS_BITS || !modulus.testBit(0)) {
      throw new MalformedException(Check.ENROL_EK_TEMPLATE, 0, "not a modulus of RSA-2048");
    }
    byte[] seed = new byte[SEED_BITS / Byte.SIZE];
    random.nextBytes(seed);
    Bytes label = Bytes.concat(Bytes.utf8(IDENTITY), Bytes.hex("00"));
    try {
      return new Seed(Bytes.of(seed), oaep(modulus, label, seed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java does not offer RSA-OAEP with SHA-256", e);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private Bytes oaep(BigInteger modulus, Bytes label, byte[] seed) throws GeneralSecurityException {
    PublicKey key =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(modulus, RSAKeyGenParameterSpec.F4));
    Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
    oaep.init(
        Cipher.ENCRYPT_MODE,
        key,
        new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label.toArray())),
        random);
    return Bytes.of(oaep.doFinal(seed));
  }

  /** Part 1, 24.4: encrypt-then-MAC under keys from the seed, both bound to the name. */
  private Bytes protect(byte[] seed, Bytes akName, byte[] secret) {
    byte[] storage = Kdf.kdfA(seed, "STORAGE", akName, Bytes.EMPTY, STORAGE_BITS);
    byte[] integrity = Kdf.kdfA(seed, "INTEGRITY", Bytes.EMPTY, Bytes.EMPTY, INTEGRITY_BITS);
    try {
      Cipher cfb = Cipher.getInstance("AES/CFB/NoPadding");
      cfb.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(storage, "AES"),
          new IvParameterSpec(new byte[16]));
      Bytes encrypted = Bytes.of(cfb.doFinal(sized(Bytes.of(secret)).toArray()));
      Mac mac = providers.hmacSha256();
      mac.init(new SecretKeySpec(integrity, "HmacSHA256"));
      mac.update(encrypted.toArray());
      mac.update(akName.toArray());
      return Bytes.concat(sized(Bytes.of(mac.doFinal())), encrypted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java does not offer AES-CFB and HMAC-SHA-256", e);
    } finally {
      Arrays.fill(storage, (byte) 0);
      Arrays.fill(integrity, (byte) 0);
    }
  }

  private static Bytes sized(Bytes content) {
    byte[] size = ByteBuffer.allocate(2).putShort((short) content.length()).array();
    return Bytes.concat(Bytes.of(size), content);
  }
}
