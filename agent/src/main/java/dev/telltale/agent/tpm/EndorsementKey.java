package dev.telltale.agent.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.EkTemplate;
import dev.telltale.protocol.tpm.TpmtPublic;
import java.util.List;
import java.util.Optional;

/**
 * The key that makes this TPM this TPM. Its name is pinned at enrolment; a secret meant for the TPM
 * is encrypted to the key of that name, never to whatever key answers.
 *
 * @param certificate the manufacturer's, DER, if the TPM has one for this key
 * @param intermediates what the TPM keeps between that and the manufacturer's root
 */
public record EndorsementKey(
    EkTemplate template, TpmtPublic area, Optional<Bytes> certificate, List<Bytes> intermediates) {
  public EndorsementKey {
    intermediates = List.copyOf(intermediates);
  }

  /** TPMT_PUBLIC, as enrolment sends it. */
  public Bytes publicArea() {
    return area.encoded();
  }

  public Bytes name() {
    return area.name();
  }
}
