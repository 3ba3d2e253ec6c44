package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.TpmtPublic.EccKey;
import dev.telltale.protocol.tpm.TpmtPublic.RsaKey;
import dev.telltale.protocol.tpm.TpmtPublic.Scheme;
import dev.telltale.protocol.tpm.TpmtPublic.Symmetric;
import java.util.Optional;

/**
 * The endorsement keys Telltale accepts: the low-range templates of the TCG EK Credential Profile.
 * Certificate and default key of a TPM are of these; both are restricted storage keys that open
 * only under {@link PolicyDigest#ENDORSEMENT_SECRET}.
 */
public enum EkTemplate {
  L1_RSA_2048(0x01C00002, "0001", "0800" + "00000000" + "0100" + "00".repeat(256)),
  L2_ECC_P256(0x01C0000A, "0023", "0003" + "0010" + ("0020" + "00".repeat(32)).repeat(2));

  /** fixedTPM, fixedParent, sensitiveDataOrigin, adminWithPolicy, restricted, decrypt. */
  private static final long ATTRIBUTES = 0x000300B2L;

  private final int certificateIndex;
  private final Bytes area;

  EkTemplate(int certificateIndex, String type, String parametersAndUnique) {
    this.certificateIndex = certificateIndex;
    this.area =
        Bytes.concat(
            Bytes.hex(type + "000b" + "000300b2"),
            new TpmWriter().sized(PolicyDigest.ENDORSEMENT_SECRET).toBytes(),
            Bytes.hex("0006" + "0080" + "0043" + "0010" + parametersAndUnique));
  }

  /** Which template the key was made from; empty if from none of these. */
  public static Optional<EkTemplate> of(TpmtPublic area) {
    boolean common =
        area.attributes() == ATTRIBUTES
            && area.authPolicy().equals(PolicyDigest.ENDORSEMENT_SECRET)
            && area.symmetric().equals(Symmetric.AES_128_CFB)
            && area.scheme().equals(Scheme.NONE);
    if (!common) {
      return Optional.empty();
    }
    return Optional.of(
        switch (area.key()) {
          case RsaKey _ -> L1_RSA_2048;
          case EccKey _ -> L2_ECC_P256;
        });
  }

  /** NV index of the manufacturer's certificate for this key. */
  public int certificateIndex() {
    return certificateIndex;
  }

  /** The TPMT_PUBLIC for TPM2_CreatePrimary in the endorsement hierarchy. */
  public Bytes area() {
    return area;
  }
}
