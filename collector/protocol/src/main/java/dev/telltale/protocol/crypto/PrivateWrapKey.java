package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.security.SecureRandom;

/** A recipient's key: opens what was wrapped for it, and signs nothing. */
public final class PrivateWrapKey {
  private final EcPrivate pair;

  private PrivateWrapKey(EcPrivate pair) {
    this.pair = pair;
  }

  public static PrivateWrapKey generate(Providers providers, SecureRandom random) {
    return new PrivateWrapKey(EcPrivate.generate(providers, random));
  }

  /** Reads the PKCS#8 form OpenSSL writes, with the public point, and checks that they match. */
  public static PrivateWrapKey parse(Providers providers, Bytes pkcs8) throws MalformedException {
    return new PrivateWrapKey(EcPrivate.parse(providers, pkcs8));
  }

  public PublicPoint publicKey() {
    return pair.point();
  }

  /** The secret, PKCS#8 DER: for a key file, never for a log. */
  public Bytes pkcs8() {
    return pair.pkcs8();
  }

  EcPrivate pair() {
    return pair;
  }

  @Override
  public String toString() {
    return pair.toString();
  }
}
