package dev.telltale.e2e;

import java.io.IOException;
import java.time.Duration;

/** Waits for what another process does: looks again and again, and gives up at a deadline. */
final class Waiting {
  /** Generous: a machine that is busy with other work shall not fail a test. */
  static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("telltale.patience", 120));

  private static final long PAUSE_MILLIS = 40;

  private Waiting() {}

  /** Something that becomes true. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  static void until(String what, Condition condition) throws IOException, InterruptedException {
    until(what, PATIENCE, condition);
  }

  static void until(String what, Duration patience, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("waited " + patience.toSeconds() + " s in vain: " + what);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
