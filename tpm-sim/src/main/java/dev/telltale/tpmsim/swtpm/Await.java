package dev.telltale.tpmsim.swtpm;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does and does not announce. */
final class Await {
  private static final long STEP_NANOS = 500_000;

  private Await() {}

  /** Returns whether the condition came true in time. An interrupt ends the wait early. */
  static boolean until(BooleanSupplier condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
        return condition.getAsBoolean();
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    return true;
  }
}
