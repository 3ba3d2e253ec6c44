package dev.telltale.agent.tpm.transport;

/** One command in, one framed answer out, whatever its response code is. */
interface RawChannel extends AutoCloseable {
  byte[] exchange(byte[] command, Deadline deadline) throws TpmException;

  boolean alive();

  @Override
  void close();
}
