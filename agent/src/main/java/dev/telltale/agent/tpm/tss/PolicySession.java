package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import java.nio.ByteBuffer;
import tss.tpm.TPM_HANDLE;

/** A policy session without secret: it proves that a policy holds, and protects nothing. */
final class PolicySession implements Authorization, AutoCloseable {
  private final Dispatcher dispatcher;
  private final int handle;

  PolicySession(Dispatcher dispatcher, int handle) {
    this.dispatcher = dispatcher;
    this.handle = handle;
  }

  TPM_HANDLE handle() {
    return new TPM_HANDLE(handle);
  }

  /** Handle, empty nonce, attributes, empty HMAC. */
  Bytes entry() {
    return Bytes.of(
        ByteBuffer.allocate(9).putInt(handle).putShort((short) 0).put((byte) CONTINUE).array());
  }

  @Override
  public void close() throws TpmException {
    dispatcher.flush(handle);
  }
}
