package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.Deadline;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.transport.TpmTransport;
import java.security.SecureRandom;
import tss.tpm.TPM_SU;

/**
 * The commands of one piece of work on one connection, all to be done by one deadline, by the
 * thread that owns the connection. Keys and sessions made here are closed before the work ends.
 */
public final class TpmCommands {
  private final Dispatcher dispatcher;
  private final KeyCommands keys;
  private final SessionCommands sessions;
  private final RegisterCommands registers;
  private final StorageCommands storage;
  private final CapabilityCommands capabilities;

  public TpmCommands(TpmTransport transport, Deadline deadline, SecureRandom random) {
    this.dispatcher = new Dispatcher(transport, deadline);
    this.keys = new KeyCommands(dispatcher);
    this.sessions = new SessionCommands(dispatcher, random);
    this.registers = new RegisterCommands(dispatcher);
    this.storage = new StorageCommands(dispatcher);
    this.capabilities = new CapabilityCommands(dispatcher);
  }

  public KeyCommands keys() {
    return keys;
  }

  public SessionCommands sessions() {
    return sessions;
  }

  public RegisterCommands registers() {
    return registers;
  }

  public StorageCommands storage() {
    return storage;
  }

  public CapabilityCommands capabilities() {
    return capabilities;
  }

  /**
   * An orderly end: without it the clock steps back and dictionary attack protection counts. Only
   * where the kernel does not do it.
   */
  public void shutdown() throws TpmException {
    dispatcher.run(tpm -> tpm.Shutdown(TPM_SU.CLEAR)).parameters().end();
  }
}
