package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.security.PrivateKey;
import java.security.SecureRandom;

/** A signing key in software: operator, owner, message, bootstrap. */
public final class P256Key implements MessageSigner {
  private final EcPrivate pair;

  private P256Key(EcPrivate pair) {
    this.pair = pair;
  }

  public static P256Key generate(Providers providers, SecureRandom random) {
    return new P256Key(EcPrivate.generate(providers, random));
  }

  /** Reads the PKCS#8 form OpenSSL writes, with the public point, and checks that they match. */
  public static P256Key parse(Providers providers, Bytes pkcs8) throws MalformedException {
    return new P256Key(EcPrivate.parse(providers, pkcs8));
  }

  @Override
  public PublicPoint publicKey() {
    return pair.point();
  }

  @Override
  public Bytes sign(Bytes toBeSigned) {
    return Ecdsa.sign(pair.providers(), pair.key(), toBeSigned);
  }

  /** The private key for what must hold one itself: a TLS context, a certificate signer. */
  public PrivateKey privateKey() {
    return pair.key();
  }

  /** The secret, PKCS#8 DER: for a key file or a ticket, never for a log. */
  public Bytes pkcs8() {
    return pair.pkcs8();
  }

  @Override
  public String toString() {
    return pair.toString();
  }
}
