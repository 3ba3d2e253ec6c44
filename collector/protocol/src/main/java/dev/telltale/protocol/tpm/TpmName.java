package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.crypto.Sha256;

/**
 * Names of TPM entities (TPM 2.0 Part 1, section 16): for an object the algorithm number of its
 * name hash and the hash of its public area, for a permanent handle the handle itself.
 */
public final class TpmName {
  /** Bytes of a name with the longest hash, SHA-512. */
  public static final int LONGEST = 66;

  /** TPM_RH_ENDORSEMENT, whose name is its handle. */
  static final Bytes ENDORSEMENT = Bytes.hex("4000000b");

  private static final Bytes SHA256 = Bytes.hex("000b");

  private TpmName() {}

  /** The name of an object whose name hash is SHA-256, from its TPMT_PUBLIC as the TPM gave it. */
  static Bytes ofPublicArea(Bytes encoded) {
    return Bytes.concat(SHA256, Sha256.of(encoded).value());
  }

  /**
   * The qualified name of a primary key of the endorsement hierarchy: what {@code qualifiedSigner}
   * of its attestations must be. A key of this name elsewhere in the TPM has another one.
   */
  public static Bytes qualifiedEndorsementPrimary(Bytes name) {
    return Bytes.concat(SHA256, Sha256.of(ENDORSEMENT, name).value());
  }
}
