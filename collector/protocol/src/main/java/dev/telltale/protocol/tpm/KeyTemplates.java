package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.TpmtPublic.EccKey;
import dev.telltale.protocol.tpm.TpmtPublic.Scheme;
import dev.telltale.protocol.tpm.TpmtPublic.Symmetric;

/**
 * The keys an agent makes in the endorsement hierarchy: the attestation key, which signs only what
 * the TPM itself made, and the TLS key, which signs anything and proves nothing.
 */
public final class KeyTemplates {
  /** fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, noDA, restricted, sign. */
  public static final long AK_ATTRIBUTES = 0x00050472L;

  /** The same without noDA, as other tools make attestation keys. */
  public static final long AK_ATTRIBUTES_DA = 0x00050072L;

  /** Those of an attestation key, but not restricted. */
  public static final long TLS_ATTRIBUTES = 0x00040472L;

  private static final int COORDINATE = 32;

  private KeyTemplates() {}

  /** Exactly one of the two sets of attributes: never decrypt, always restricted. */
  public static boolean hasAkAttributes(TpmtPublic area) {
    return (area.attributes() == AK_ATTRIBUTES || area.attributes() == AK_ATTRIBUTES_DA)
        && area.authPolicy().isEmpty()
        && area.symmetric().equals(Symmetric.NONE);
  }

  /** ECDSA over P-256 with SHA-256, fixed in the key. */
  public static boolean hasAkScheme(TpmtPublic area) {
    return area.scheme().equals(Scheme.ECDSA_SHA256)
        && switch (area.key()) {
          case EccKey _ -> true;
          case TpmtPublic.RsaKey _ -> false;
        };
  }

  /** Whether it is a signing P-256 key of this TPM that is not restricted. */
  public static boolean isTlsKey(TpmtPublic area) {
    return area.attributes() == TLS_ATTRIBUTES
        && area.authPolicy().isEmpty()
        && area.symmetric().equals(Symmetric.NONE)
        && area.scheme().equals(Scheme.NONE)
        && switch (area.key()) {
          case EccKey _ -> true;
          case TpmtPublic.RsaKey _ -> false;
        };
  }

  /** TPMT_PUBLIC of a new attestation key; another {@code unique} gives another key. */
  public static Bytes attestationKey(Bytes unique) {
    return p256(AK_ATTRIBUTES, Bytes.hex("0018000b"), unique);
  }

  /** TPMT_PUBLIC of a new TLS key; the TLS stack picks the hash, so no scheme is fixed. */
  public static Bytes tlsKey(Bytes unique) {
    return p256(TLS_ATTRIBUTES, Bytes.hex("0010"), unique);
  }

  private static Bytes p256(long attributes, Bytes scheme, Bytes unique) {
    if (unique.length() != 2 * COORDINATE) {
      throw new IllegalArgumentException("unique is x and y, 64 bytes");
    }
    return new TpmWriter()
        .raw(Bytes.hex("0023000b"))
        .u32(attributes)
        .raw(Bytes.hex("0000" + "0010"))
        .raw(scheme)
        .raw(Bytes.hex("0003" + "0010"))
        .sized(unique.slice(0, COORDINATE))
        .sized(unique.slice(COORDINATE, 2 * COORDINATE))
        .toBytes();
  }
}
