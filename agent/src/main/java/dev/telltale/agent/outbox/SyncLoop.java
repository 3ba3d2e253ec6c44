package dev.telltale.agent.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Makes readings durable at a steady pace: what a power cut can cost. */
public final class SyncLoop implements AutoCloseable {
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Outbox outbox;
  private final Duration every;

  private SyncLoop(Outbox outbox, Duration every) {
    this.outbox = outbox;
    this.every = every;
  }

  public static SyncLoop start(Outbox outbox, Duration every) {
    SyncLoop loop = new SyncLoop(outbox, every);
    Thread.ofVirtual().name("sync").start(loop::run);
    return loop;
  }

  private void run() {
    try {
      while (!stop.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
        outbox.sync();
      }
      end.complete(null);
    } catch (IOException | RuntimeException e) {
      end.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end.completeExceptionally(e);
    }
  }

  /** Ends exceptionally where the outbox has failed, so that the program has to end. */
  public CompletionStage<Void> end() {
    return end.minimalCompletionStage();
  }

  /** Does not sync once more; closing the outbox does. */
  @Override
  public void close() {
    stop.countDown();
  }
}
