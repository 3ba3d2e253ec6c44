package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.SecureSession;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import java.util.Map;
import java.util.Optional;

/** The platform configuration registers. */
public final class Registers {
  private final TpmContext context;

  public Registers(TpmContext context) {
    this.context = context;
  }

  public PcrValues read(PcrSelection selection) throws TpmException {
    return context.call(commands -> commands.registers().read(selection));
  }

  /**
   * Extends a register with one digest for each bank.
   *
   * @param ek the pinned key; with it, nobody on the bus can change or swallow the measurement
   */
  public void extend(int register, Map<TpmHash, Bytes> digests, Optional<EndorsementKey> ek)
      throws TpmException {
    context.call(commands -> {
      if (ek.isEmpty()) {
        commands.registers().extend(register, digests, Optional.empty());
        return true;
      }
      try (SecureSession session = EkLoader.session(commands, ek.get())) {
        commands.registers().extend(register, digests, Optional.of(session));
        return true;
      }
    });
  }
}
