package dev.telltale.agent.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.TpmName;
import dev.telltale.protocol.tpm.TpmtPublic;

/** A restricted signing key of the endorsement hierarchy, at a persistent handle. */
public record AttestationKey(int handle, TpmtPublic area) {
  /** TPMT_PUBLIC, as enrolment sends it. */
  public Bytes publicArea() {
    return area.encoded();
  }

  public Bytes name() {
    return area.name();
  }

  /** What the quotes of this key say about their signer. */
  public Bytes qualifiedName() {
    return TpmName.qualifiedEndorsementPrimary(name());
  }
}
