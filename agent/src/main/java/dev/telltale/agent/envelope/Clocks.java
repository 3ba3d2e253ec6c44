package dev.telltale.agent.envelope;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day, which can be set, and nanoseconds that only rise. Where the two part, the clock
 * was set, or this memory was stopped and went on elsewhere or later.
 */
public record Clocks(InstantSource wall, LongSupplier monotonic) {
  public static Clocks system() {
    return new Clocks(InstantSource.system(), System::nanoTime);
  }
}
