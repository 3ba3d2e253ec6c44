package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import java.security.SecureRandom;

/**
 * One side of an ECDH with a key that is forgotten at once.
 *
 * @param point to be sent
 * @param shared the x coordinate of the common point: a secret, for a key derivation only
 */
public record EphemeralAgreement(PublicPoint point, Bytes shared) {

  public static EphemeralAgreement with(
      Providers providers, PublicPoint other, SecureRandom random) {
    EcPrivate ephemeral = EcPrivate.generate(providers, random);
    return new EphemeralAgreement(ephemeral.point(), ephemeral.agree(other));
  }

  @Override
  public String toString() {
    return "agreement of " + point.kid();
  }
}
