package dev.telltale.agent.tpm.transport;

import java.time.Duration;

/**
 * Lets only success through. Repeats a command where the TPM asks for it, with growing pauses and
 * an end; sends Startup where nobody else does.
 */
final class CheckedTransport implements TpmTransport {
  private static final System.Logger LOG = System.getLogger(CheckedTransport.class.getName());

  /** Startup(CLEAR): tag, size, command code 0x144, TPM_SU_CLEAR (Part 3, 9.3). */
  private static final byte[] STARTUP = {
    (byte) 0x80, 0x01, 0, 0, 0, 12, 0, 0, 0x01, 0x44, 0, 0,
  };

  /** Waits; an interface so that tests do not. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  private final RawChannel channel;
  private final boolean startsTpm;
  private final Pause pause;
  private boolean broken;

  CheckedTransport(RawChannel channel, boolean startsTpm, Pause pause) {
    this.channel = channel;
    this.startsTpm = startsTpm;
    this.pause = pause;
  }

  @Override
  public byte[] transmit(byte[] command, Deadline deadline) throws TpmException {
    if (broken) {
      throw new TpmException.Unavailable("the connection to the TPM was given up");
    }
    try {
      return repeated(command, deadline);
    } catch (TpmException e) {
      broken = e.broken();
      throw e;
    }
  }

  private byte[] repeated(byte[] command, Deadline deadline) throws TpmException {
    int busy = 0;
    int wear = 0;
    boolean started = false;
    while (true) {
      byte[] response = channel.exchange(command, deadline);
      ResponseCode code = Frame.code(response);
      switch (code.kind()) {
        case SUCCESS -> {
          return response;
        }
        case BUSY -> rest(code, Backoff.BUSY, busy++, deadline);
        case WEAR -> {
          LOG.log(System.Logger.Level.WARNING, "{0}: the TPM spares its flash memory", code);
          rest(code, Backoff.WEAR, wear++, deadline);
        }
        case NOT_STARTED -> {
          if (!startsTpm || started) {
            throw new TpmException.Refused(code);
          }
          started = true;
          startUp(deadline);
        }
        case LOCKED_OUT, ERROR -> throw new TpmException.Refused(code);
      }
    }
  }

  /** A redundant Startup is answered by the very code that made us send it, and does no harm. */
  private void startUp(Deadline deadline) throws TpmException {
    ResponseCode code = Frame.code(channel.exchange(STARTUP, deadline));
    if (code.kind() != ResponseCode.Kind.SUCCESS && code.kind() != ResponseCode.Kind.NOT_STARTED) {
      throw new TpmException.Refused(code, "to Startup");
    }
  }

  private void rest(ResponseCode code, Backoff backoff, int number, Deadline deadline)
      throws TpmException {
    if (number >= backoff.tries()) {
      throw new TpmException.Refused(code, "again and again, " + backoff.tries() + " times");
    }
    Duration wait = backoff.wait(number);
    if (wait.compareTo(deadline.left()) >= 0) {
      throw new TpmException.Refused(code, "until there was no time left");
    }
    try {
      pause.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TpmException.Unavailable("interrupted while the TPM was busy", e);
    }
  }

  @Override
  public boolean alive() {
    return !broken && channel.alive();
  }

  @Override
  public void close() {
    channel.close();
  }
}
