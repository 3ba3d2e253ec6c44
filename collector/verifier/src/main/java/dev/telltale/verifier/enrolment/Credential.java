package dev.telltale.verifier.enrolment;

import dev.telltale.protocol.Bytes;

/**
 * What TPM2_MakeCredential gives, and the secret inside.
 *
 * @param idObject TPM2B_ID_OBJECT without its size
 * @param encryptedSecret TPM2B_ENCRYPTED_SECRET without its size
 * @param secret 32 bytes, known to us and to the TPM that activates
 */
public record Credential(Bytes idObject, Bytes encryptedSecret, Bytes secret) {
  @Override
  public String toString() {
    return "credential";
  }
}
