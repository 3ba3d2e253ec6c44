package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** A note key in memory (RFC 8032), kept in files as PKCS#8 (RFC 8410). */
public final class Ed25519NoteSigner implements NoteSigner {
  private static final int SEED_LENGTH = 32;

  private final VerifierKey key;
  private final PrivateKey privateKey;

  private Ed25519NoteSigner(VerifierKey key, PrivateKey privateKey) {
    this.key = key;
    this.privateKey = privateKey;
  }

  public static Ed25519NoteSigner generate(String name, SecureRandom random) {
    byte[] seed = new byte[SEED_LENGTH];
    random.nextBytes(seed);
    return fromSeed(name, seed);
  }

  /** The same key for the same seed: for restored keys, and for tests. */
  public static Ed25519NoteSigner fromSeed(String name, byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new IllegalArgumentException("a seed has 32 bytes");
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      // The JDK derives a public key only while it makes a pair: so its randomness is the seed.
      generator.initialize(NamedParameterSpec.ED25519, new SeedAsRandom(seed));
      KeyPair pair = generator.generateKeyPair();
      byte[] spki = pair.getPublic().getEncoded();
      Bytes publicKey = Bytes.of(spki, spki.length - VerifierKey.PUBLIC_KEY_LENGTH, spki.length);
      return new Ed25519NoteSigner(new VerifierKey(name, publicKey), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java does not offer Ed25519", e);
    }
  }

  /** Refuses with {@code note.key}. */
  public static Ed25519NoteSigner fromPkcs8(String name, Bytes encoded) throws MalformedException {
    try {
      PrivateKey parsed =
          Providers.jdk().ed25519Keys().generatePrivate(new PKCS8EncodedKeySpec(encoded.toArray()));
      if (parsed instanceof EdECPrivateKey edwards && edwards.getBytes().isPresent()) {
        return fromSeed(name, edwards.getBytes().get());
      }
      throw new MalformedException(Check.NOTE_KEY, 0, "a private key that hides its seed");
    } catch (GeneralSecurityException e) {
      throw new MalformedException(Check.NOTE_KEY, 0, "not an Ed25519 key in PKCS#8");
    }
  }

  /** The secret, for its file. */
  public Bytes pkcs8() {
    return Bytes.of(privateKey.getEncoded());
  }

  @Override
  public VerifierKey key() {
    return key;
  }

  @Override
  public Bytes sign(String text) {
    try {
      Signature ed25519 = Providers.jdk().ed25519();
      ed25519.initSign(privateKey);
      ed25519.update(Bytes.utf8(text).buffer());
      return Bytes.of(ed25519.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs any text", e);
    }
  }

  private static final class SeedAsRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    private SeedAsRandom(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("asked for " + bytes.length + " bytes, not for a seed");
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
      Arrays.fill(seed, (byte) 0);
    }
  }
}
