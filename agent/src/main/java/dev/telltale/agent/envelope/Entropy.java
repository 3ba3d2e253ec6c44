package dev.telltale.agent.envelope;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;

/** A second source of random bytes, beside the operating system's: the TPM. */
@FunctionalInterface
public interface Entropy {
  /** So many bytes. */
  Bytes draw(int count) throws TpmException;
}
