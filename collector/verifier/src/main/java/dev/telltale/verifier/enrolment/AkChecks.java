package dev.telltale.verifier.enrolment;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.tpm.KeyTemplates;
import dev.telltale.protocol.tpm.TpmtPublic;

/**
 * Whether a public area is one whose quotes are worth something: a key that never leaves its TPM
 * and signs nothing from outside.
 */
public final class AkChecks {

  /**
   * An acceptable AK.
   *
   * @param name computed here from the public area
   */
  public record Accepted(PublicPoint point, Bytes name) {}

  private AkChecks() {}

  /**
   * The key and the name the TPM knows it by.
   *
   * @throws MalformedException with {@code ENROL_AK_ATTRIBUTES}, {@code ENROL_AK_SCHEME} or a form
   *     check
   */
  public static Accepted check(Bytes publicArea) throws MalformedException {
    TpmtPublic area = TpmtPublic.parse(publicArea);
    if (!KeyTemplates.hasAkAttributes(area)) {
      throw new MalformedException(
          Check.ENROL_AK_ATTRIBUTES, 0, "attributes 0x%08x".formatted(area.attributes()));
    }
    if (!KeyTemplates.hasAkScheme(area)) {
      throw new MalformedException(Check.ENROL_AK_SCHEME, 0, "not ECDSA over P-256 with SHA-256");
    }
    return switch (area.key()) {
      case TpmtPublic.EccKey key -> new Accepted(PublicPoint.parse(key.sec1()), area.name());
      case TpmtPublic.RsaKey _ ->
          throw new MalformedException(Check.ENROL_AK_SCHEME, 0, "an RSA key");
    };
  }
}
