package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.TpmCommands;

/** A piece of work on the TPM. It closes every key and session it opens. */
@FunctionalInterface
interface TpmOperation<T> {
  T on(TpmCommands commands) throws TpmException;
}
