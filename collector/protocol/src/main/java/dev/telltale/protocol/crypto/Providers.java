package dev.telltale.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;

/**
 * The one place engines come from. A program chooses once, at start, who does the elliptic curves;
 * hashes and AES stay with the JDK, whose intrinsics no provider beats. Engines are not thread-safe
 * and are made for each operation; this object is.
 */
public final class Providers {
  private static final Providers JDK = new Providers(Optional.empty());

  private final Optional<Provider> ec;

  /** With this provider for elliptic curves where it has the operation, else the JDK. */
  public Providers(Optional<Provider> ec) {
    this.ec = ec;
  }

  /** The JDK for everything. */
  public static Providers jdk() {
    return JDK;
  }

  /** Who does the elliptic curves, for a log line. */
  public String ecName() {
    return ec.map(Provider::getName).orElse("JDK");
  }

  /** ECDSA with SHA-256; signatures in DER, the only form all providers speak. */
  Signature ecdsa() {
    return engine("Signature", "SHA256withECDSA", Signature::getInstance, Signature::getInstance);
  }

  KeyAgreement ecdh() {
    return engine("KeyAgreement", "ECDH", KeyAgreement::getInstance, KeyAgreement::getInstance);
  }

  KeyFactory ecKeys() {
    return engine("KeyFactory", "EC", KeyFactory::getInstance, KeyFactory::getInstance);
  }

  /** Makes P-256 key pairs. */
  KeyPairGenerator p256Generator(SecureRandom random) {
    try {
      KeyPairGenerator generator =
          engine(
              "KeyPairGenerator",
              "EC",
              KeyPairGenerator::getInstance,
              KeyPairGenerator::getInstance);
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator;
    } catch (GeneralSecurityException e) {
      throw unusable("P-256", e);
    }
  }

  /** Ed25519 (RFC 8032), for checkpoint notes. */
  public Signature ed25519() {
    return engine("Signature", "Ed25519", Signature::getInstance, Signature::getInstance);
  }

  public KeyFactory ed25519Keys() {
    return engine("KeyFactory", "Ed25519", KeyFactory::getInstance, KeyFactory::getInstance);
  }

  public Cipher aesGcm() {
    return jdk("AES/GCM/NoPadding", Cipher::getInstance);
  }

  public Mac hmacSha256() {
    return jdk("HmacSHA256", Mac::getInstance);
  }

  public MessageDigest sha256() {
    return jdk("SHA-256", MessageDigest::getInstance);
  }

  private interface Named<T> {
    T get(String algorithm) throws GeneralSecurityException;
  }

  private interface From<T> {
    T get(String algorithm, Provider provider) throws GeneralSecurityException;
  }

  private <T> T engine(String type, String algorithm, Named<T> any, From<T> chosen) {
    Optional<Provider> provider = ec.filter(p -> p.getService(type, algorithm) != null);
    if (provider.isEmpty()) {
      return jdk(algorithm, any);
    }
    try {
      return chosen.get(algorithm, provider.get());
    } catch (GeneralSecurityException e) {
      throw unusable(algorithm, e);
    }
  }

  private static <T> T jdk(String algorithm, Named<T> any) {
    try {
      return any.get(algorithm);
    } catch (GeneralSecurityException e) {
      throw unusable(algorithm, e);
    }
  }

  /** A machine without these cannot run any Telltale program: nobody handles this. */
  private static IllegalStateException unusable(String algorithm, GeneralSecurityException cause) {
    return new IllegalStateException("this Java does not offer " + algorithm, cause);
  }
}
