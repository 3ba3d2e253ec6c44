package dev.telltale.agent.envelope;

import dev.telltale.agent.outbox.Evidence;
import dev.telltale.agent.tpm.AttestationKey;
import dev.telltale.agent.tpm.QualifyingData;
import dev.telltale.agent.tpm.QuotedEvidence;
import dev.telltale.agent.tpm.Quoter;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Label;
import dev.telltale.protocol.tpm.PcrSelection;

/**
 * Quotes with the TPM of the device.
 *
 * @param selection of the collector's policy
 */
public record TpmQuoting(Quoter quoter, AttestationKey key, PcrSelection selection)
    implements Quoting {
  @Override
  public Evidence quote(Bytes manifest) throws TpmException {
    QuotedEvidence quoted =
        quoter.quote(key, QualifyingData.of(Label.ENVELOPE, manifest), selection);
    return new Evidence(quoted.attest(), quoted.signature(), quoted.values());
  }
}
