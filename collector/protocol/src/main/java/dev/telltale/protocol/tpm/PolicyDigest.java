package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Sha256;

/**
 * Policy digests computed without a TPM (TPM 2.0 Part 3, section 23): each step hashes the digest
 * before it with a command code and that command's arguments.
 */
public record PolicyDigest(Digest value) {
  private static final Bytes CC_POLICY_SECRET = Bytes.hex("00000151");
  private static final Bytes CC_POLICY_PCR = Bytes.hex("0000017f");

  /** The digest of a session in which nothing has happened. */
  public static final PolicyDigest START = new PolicyDigest(Digest.of(new byte[Digest.LENGTH]));

  /** PolicySecret on the endorsement hierarchy: "PolicyA" of the TCG EK Credential Profile. */
  public static final Bytes ENDORSEMENT_SECRET =
      START.secret(TpmName.ENDORSEMENT, Bytes.EMPTY).value().value();

  /** TPM2_PolicySecret: the authorization of the entity of this name was given. */
  public PolicyDigest secret(Bytes entityName, Bytes policyRef) {
    Digest named = Sha256.of(value.value(), CC_POLICY_SECRET, entityName);
    return new PolicyDigest(Sha256.of(named.value(), policyRef));
  }

  /** TPM2_PolicyPCR: the registers have these values. */
  public PolicyDigest pcr(PcrValues values) {
    return new PolicyDigest(
        Sha256.of(
            value.value(),
            CC_POLICY_PCR,
            values.selection().marshalled(),
            values.digest().value()));
  }
}
