package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.Deadline;
import dev.telltale.agent.tpm.transport.TpmException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One platform thread, which nobody interrupts: an interrupt would close the device under it. Who
 * waits gives up at its deadline; work that has begun goes on, work that has not is left out. So a
 * hung device costs its callers time and nothing else.
 */
final class TpmThread {
  /** More than this many callers at once wait in vain anyway. */
  private static final int WAITING = 64;

  private final BlockingQueue<Job<?>> jobs = new ArrayBlockingQueue<>(WAITING);
  private volatile boolean stopped;

  /** Something to do on the thread. */
  @FunctionalInterface
  interface Work<T> {
    T run(Deadline deadline) throws TpmException;
  }

  private record Job<T>(Work<T> work, Deadline deadline, CompletableFuture<T> result) {
    void run() {
      if (result.isDone() || deadline.passed()) {
        result.cancel(false);
        return;
      }
      try {
        result.complete(work.run(deadline));
      } catch (TpmException | RuntimeException | Error e) {
        result.completeExceptionally(e);
      }
    }
  }

  TpmThread(String name) {
    Thread.ofPlatform().name(name).daemon().start(this::loop);
  }

  private void loop() {
    while (!stopped) {
      try {
        jobs.take().run();
      } catch (InterruptedException e) {
        // Nobody does this on purpose, and stopping would take the TPM away from everybody.
        System.getLogger(TpmThread.class.getName())
            .log(System.Logger.Level.WARNING, "the TPM thread was interrupted and goes on");
      }
    }
  }

  <T> T call(Work<T> work, Deadline deadline) throws TpmException {
    Job<T> job = new Job<>(work, deadline, new CompletableFuture<>());
    try {
      if (stopped || !jobs.offer(job, deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TpmException.TimedOut(stopped ? "the TPM was closed" : "the TPM is overloaded");
      }
      return job.result().get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      job.result().cancel(false);
      throw new TpmException.TimedOut("the TPM has not answered in time");
    } catch (InterruptedException e) {
      job.result().cancel(false);
      Thread.currentThread().interrupt();
      throw new TpmException.Unavailable("interrupted while waiting for the TPM", e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static TpmException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case TpmException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(cause);
    };
  }

  /** The last work; the thread ends after it. */
  void stop(Work<Boolean> last, Deadline deadline) throws TpmException {
    try {
      call(
          d -> {
            stopped = true;
            return last.run(d);
          },
          deadline);
    } finally {
      stopped = true;
    }
  }
}
