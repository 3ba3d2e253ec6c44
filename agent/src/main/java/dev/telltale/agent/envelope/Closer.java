package dev.telltale.agent.envelope;

import dev.telltale.agent.outbox.ClosedEnvelope;
import dev.telltale.agent.outbox.Evidence;
import dev.telltale.agent.outbox.OpenBatch;
import dev.telltale.agent.outbox.Outbox;
import dev.telltale.agent.outbox.Unclosed;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Closes envelopes on a virtual thread: full ones, those of an earlier start and the first of this
 * one at once, others at their age. Where the TPM fails, it waits longer and longer, and tries
 * again; readings go on being stored.
 */
public final class Closer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Closer.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Outbox outbox;
  private final Manifests manifests;
  private final Quoting quoting;
  private final long closeAfter;
  private final LongSupplier monotonic;

  /** Readings below are of an earlier start. */
  private final long firstOfStart;

  /** Held while a sequence number is in use: one envelope after the other. */
  private final ReentrantLock closing = new ReentrantLock();

  private final Semaphore wake = new Semaphore(0);
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private volatile boolean stopping;
  private volatile Optional<Opened> opened = Optional.empty();
  private volatile Optional<String> fault = Optional.empty();
  private volatile boolean closedInThisStart;
  private volatile Runnable onClosed = () -> {};

  /** When readings began to wait; the first of them. */
  private record Opened(long firstReading, long at) {}

  private Closer(
      Outbox outbox,
      Manifests manifests,
      Quoting quoting,
      Duration closeAfter,
      LongSupplier monotonic) {
    this.outbox = outbox;
    this.manifests = manifests;
    this.quoting = quoting;
    this.closeAfter = closeAfter.toNanos();
    this.monotonic = monotonic;
    this.firstOfStart = outbox.nextReading();
  }

  /** To be made before the first reading of this start. Its thread begins with {@link #start}. */
  public static Closer over(
      Outbox outbox,
      Manifests manifests,
      Quoting quoting,
      Duration closeAfter,
      LongSupplier monotonic) {
    Closer closer = new Closer(outbox, manifests, quoting, closeAfter, monotonic);
    outbox.onChange(closer::changed);
    return closer;
  }

  /** Called after each envelope is closed, on the thread that closed it. */
  public void onClosed(Runnable listener) {
    onClosed = listener;
  }

  /** Closes on its own thread from now on. */
  public void start() {
    Thread.ofVirtual().name("closer").start(this::run);
  }

  /** Ends exceptionally where the outbox has failed, so that the program has to end. */
  public CompletionStage<Void> end() {
    return end.minimalCompletionStage();
  }

  /** Why the last attempt to close failed, while none has succeeded since. */
  public Optional<String> fault() {
    return fault;
  }

  /** Called by the outbox under its lock. */
  private void changed() {
    outbox
        .newestUnclosed()
        .filter(run -> opened.filter(known -> known.firstReading == run.firstReading()).isEmpty())
        .ifPresent(
            run -> opened = Optional.of(new Opened(run.firstReading(), monotonic.getAsLong())));
    wake.release();
  }

  private void run() {
    try {
      Duration pause = FIRST_PAUSE;
      while (!stopping) {
        long wait = untilDue();
        if (wait > 0) {
          await(wait);
        } else if (tryClosing()) {
          pause = FIRST_PAUSE;
        } else {
          await(pause.toNanos());
          pause =
              pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                  ? pause.multipliedBy(2)
                  : LONGEST_PAUSE;
        }
      }
      end.complete(null);
    } catch (IOException | RuntimeException e) {
      end.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end.completeExceptionally(e);
    }
  }

  private void await(long nanos) throws InterruptedException {
    if (wake.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      wake.drainPermits();
    }
  }

  /** Nanoseconds until something is to be closed. */
  private long untilDue() {
    Optional<Unclosed> oldest = outbox.oldestUnclosed();
    if (oldest.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (oldest.get().full() || !closedInThisStart) {
      return 0;
    }
    return opened
        .filter(known -> known.firstReading == oldest.get().firstReading())
        .map(known -> closeAfter - (monotonic.getAsLong() - known.at))
        .orElse(0L);
  }

  private boolean tryClosing() throws IOException {
    try {
      closeOldest();
      return true;
    } catch (TpmException e) {
      if (fault.isEmpty()) {
        LOG.log(Level.WARNING, "closer.fault fault={0}", e.getMessage());
      }
      fault = Optional.of(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private Optional<ClosedEnvelope> closeOldest() throws IOException, TpmException {
    closing.lock();
    try {
      Optional<OpenBatch> batch = outbox.oldestBatch();
      return batch.isEmpty() ? Optional.empty() : Optional.of(close(batch.get()));
    } finally {
      closing.unlock();
    }
  }

  private ClosedEnvelope close(OpenBatch batch) throws IOException, TpmException {
    Bytes manifest = manifests.over(batch).encode();
    Evidence evidence = quoting.quote(manifest);
    ClosedEnvelope envelope = outbox.close(batch, manifest, evidence);
    fault = Optional.empty();
    if (batch.content().firstReading() >= firstOfStart) {
      closedInThisStart = true;
    }
    onClosed.run();
    return envelope;
  }

  /** Closes whatever is open. For a stop, after the last reading. */
  public void closeOpen() throws IOException, TpmException {
    while (closeOldest().isPresent()) {
      // until nothing is left
    }
  }

  /**
   * Closes whatever is open, or an envelope without readings if nothing is: somebody wants a quote
   * now.
   */
  public ClosedEnvelope closeNow() throws IOException, TpmException {
    closing.lock();
    try {
      Optional<ClosedEnvelope> last = Optional.empty();
      while (true) {
        Optional<ClosedEnvelope> next = closeOldest();
        if (next.isPresent()) {
          last = next;
        } else if (last.isPresent()) {
          return last.get();
        } else {
          last = closeEmpty();
        }
      }
    } finally {
      closing.unlock();
    }
  }

  private Optional<ClosedEnvelope> closeEmpty() throws IOException, TpmException {
    Optional<OpenBatch> empty = outbox.emptyBatch();
    return empty.isEmpty() ? Optional.empty() : Optional.of(close(empty.get()));
  }

  /** Ends the thread after what it is at; closes nothing. */
  @Override
  public void close() {
    stopping = true;
    wake.release();
  }
}
