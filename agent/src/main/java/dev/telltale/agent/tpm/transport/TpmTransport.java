package dev.telltale.agent.tpm.transport;

/**
 * One connection to one TPM, for one thread. It is never repaired: after an exception that is
 * {@link TpmException#broken()} it is closed and another one opened, because sessions and loaded
 * objects may be gone with it.
 */
public interface TpmTransport extends AutoCloseable {
  /** The largest command and answer; every TPM we know has 4,096 or less. */
  int LARGEST = 4_096;

  /**
   * Sends one command and returns the answer to it.
   *
   * @return an answer with response code zero, its length as announced in it
   * @throws TpmException.Refused for any other code, after bounded repetition where the code asks
   *     for it
   */
  byte[] transmit(byte[] command, Deadline deadline) throws TpmException;

  /** Whether the peer still seems to be there, without sending anything. */
  boolean alive();

  @Override
  void close();
}
