package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.Deadline;
import dev.telltale.agent.tpm.transport.TpmAddress;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.transport.TpmTransport;
import dev.telltale.agent.tpm.transport.TpmTransports;
import dev.telltale.agent.tpm.tss.TpmCommands;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The TPM of this machine: one connection, one thread, one piece of work at a time. A connection
 * that failed is opened anew for the next piece of work; no work is repeated by itself.
 */
public final class TpmContext implements AutoCloseable {
  /** Longer than any command of any chip takes, an RSA key included. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final TpmAddress address;
  private final SecureRandom random;
  private final Duration patience;
  private final Connector connector;
  private final TpmThread thread;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Touched by the TPM thread only. */
  private Optional<TpmTransport> connection = Optional.empty();

  /** Opens a connection; tests put something in between. */
  @FunctionalInterface
  interface Connector {
    TpmTransport connect(TpmAddress address, Deadline deadline) throws TpmException;
  }

  TpmContext(TpmAddress address, SecureRandom random, Duration patience, Connector connector) {
    this.address = address;
    this.random = random;
    this.patience = patience;
    this.connector = connector;
    this.thread = new TpmThread("tpm");
  }

  /** Connects at once, so that a wrong address is found where it is written. */
  public static TpmContext open(TpmAddress address, SecureRandom random) throws TpmException {
    return open(address, random, PATIENCE);
  }

  /**
   * Connects at once.
   *
   * @param patience how long a caller waits for any one service
   */
  public static TpmContext open(TpmAddress address, SecureRandom random, Duration patience)
      throws TpmException {
    TpmContext context = new TpmContext(address, random, patience, TpmTransports::open);
    try {
      context.call(commands -> true);
      return context;
    } catch (TpmException e) {
      context.close();
      throw e;
    }
  }

  public TpmAddress address() {
    return address;
  }

  <T> T call(TpmOperation<T> operation) throws TpmException {
    return thread.call(deadline -> run(operation, deadline), Deadline.in(patience));
  }

  private <T> T run(TpmOperation<T> operation, Deadline deadline) throws TpmException {
    TpmTransport transport = connected(deadline);
    boolean whole = false;
    try {
      T result = operation.on(new TpmCommands(transport, deadline, random));
      whole = true;
      return result;
    } catch (TpmException e) {
      whole = !e.broken();
      throw e;
    } finally {
      if (!whole) {
        disconnect();
      }
    }
  }

  private TpmTransport connected(Deadline deadline) throws TpmException {
    if (connection.filter(TpmTransport::alive).isEmpty()) {
      disconnect();
      TpmTransport opened = connector.connect(address, deadline);
      connection = Optional.of(opened);
      if (!address.managed()) {
        cleanUp(new TpmCommands(opened, deadline, random));
      }
    }
    return connection.orElseThrow();
  }

  /** What a client that was killed left in the slots is still there, and there are three. */
  private void cleanUp(TpmCommands commands) throws TpmException {
    try {
      commands.capabilities().flushLeaked();
    } catch (TpmException e) {
      disconnect();
      throw e;
    }
  }

  private void disconnect() {
    connection.ifPresent(TpmTransport::close);
    connection = Optional.empty();
  }

  /** An orderly end. What happens to a TPM that does not answer any more is not our problem. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      thread.stop(this::farewell, Deadline.in(FAREWELL));
    } catch (TpmException e) {
      System.getLogger(TpmContext.class.getName())
          .log(System.Logger.Level.WARNING, "closing the TPM: {0}", e.getMessage());
    }
  }

  private Boolean farewell(Deadline deadline) throws TpmException {
    try {
      if (address.simulated() && connection.filter(TpmTransport::alive).isPresent()) {
        new TpmCommands(connection.get(), deadline, random).shutdown();
      }
      return true;
    } finally {
      disconnect();
    }
  }
}
