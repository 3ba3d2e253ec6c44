package dev.telltale.verifier;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.tpm.EkTemplate;
import dev.telltale.protocol.tpm.KeyTemplates;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmName;
import dev.telltale.protocol.tpm.TpmtPublic;
import dev.telltale.verifier.enrolment.EkAuthority;
import java.security.SecureRandom;
import java.util.List;

/**
 * What a dishonest machine has instead of a TPM: keys in memory that sign whatever structure the
 * test makes up. With honest structures it stands for a TPM.
 */
public final class SoftTpm {
  private static final int UNIQUE = 2 * (2 + 32);

  private final P256Key ak = P256Key.generate(Providers.jdk(), new SecureRandom());
  private final P256Key ek = P256Key.generate(Providers.jdk(), new SecureRandom());

  public P256Key ak() {
    return ak;
  }

  public PublicPoint ekPoint() {
    return ek.publicKey();
  }

  public P256Key ek() {
    return ek;
  }

  /** TPMT_PUBLIC. */
  public Bytes akPublicArea() {
    PublicPoint point = ak.publicKey();
    return KeyTemplates.attestationKey(Bytes.concat(point.x(), point.y()));
  }

  /** What the AK is called in its own quotes. */
  public Bytes qualifiedName() {
    try {
      return TpmName.qualifiedEndorsementPrimary(TpmtPublic.parse(akPublicArea()).name());
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** TPMT_PUBLIC of a key from template L-2. */
  public Bytes ekPublicArea() {
    Bytes template = EkTemplate.L2_ECC_P256.area();
    return Bytes.concat(
        template.slice(0, template.length() - UNIQUE),
        AttestBuilder.sized(ek.publicKey().x()),
        AttestBuilder.sized(ek.publicKey().y()));
  }

  public Hello.Endorsement endorsedBy(EkAuthority authority) {
    return new Hello.Endorsement(
        ekPublicArea(), authority.endorse(ek.publicKey().key(Providers.jdk())), List.of());
  }

  public AttestBuilder quote(Digest qualifyingData, PcrValues values) {
    return new AttestBuilder(qualifiedName(), qualifyingData, values);
  }

  public Evidence evidence(Bytes attest, PcrValues values) {
    return new Evidence(attest, ak.sign(attest), values);
  }
}
