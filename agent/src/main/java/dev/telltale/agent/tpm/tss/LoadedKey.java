package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.TpmtPublic;
import tss.tpm.TPM_HANDLE;

/**
 * A key a command can use: a persistent one, or one in one of the TPM's few transient slots, which
 * closing frees.
 */
public final class LoadedKey implements AutoCloseable {
  private static final int PERSISTENT = 0x81;

  private final Dispatcher dispatcher;
  private final int handle;
  private final TpmtPublic area;

  LoadedKey(Dispatcher dispatcher, int handle, TpmtPublic area) {
    this.dispatcher = dispatcher;
    this.handle = handle;
    this.area = area;
  }

  public int handle() {
    return handle;
  }

  public boolean persistent() {
    return handle >>> 24 == PERSISTENT;
  }

  public TpmtPublic area() {
    return area;
  }

  /** Computed from the public area, not as the TPM says it. */
  public Bytes name() {
    return area.name();
  }

  TPM_HANDLE named() {
    TPM_HANDLE named = new TPM_HANDLE(handle);
    named.Name = name().toArray();
    return named;
  }

  @Override
  public void close() throws TpmException {
    if (!persistent()) {
      dispatcher.flush(handle);
    }
  }
}
