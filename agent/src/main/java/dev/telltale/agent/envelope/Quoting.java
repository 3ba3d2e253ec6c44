package dev.telltale.agent.envelope;

import dev.telltale.agent.outbox.Evidence;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;

/** Has a manifest quoted by the attestation key, over the registers of the policy. */
@FunctionalInterface
public interface Quoting {
  /**
   * Blocks until the TPM has answered.
   *
   * @param manifest encoded by the caller; what is quoted is its labelled hash
   */
  Evidence quote(Bytes manifest) throws TpmException;
}
