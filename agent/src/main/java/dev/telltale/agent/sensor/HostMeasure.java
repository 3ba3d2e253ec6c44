package dev.telltale.agent.sensor;

import java.util.Locale;

/** What the driver {@code host} can tell about the machine it runs on. */
public enum HostMeasure {
  /** {@code cpu}: share of the processors' time in use since the last sample, 0 to 1. */
  CPU,
  /** {@code memory-available}: bytes that programs can still have without swapping. */
  MEMORY,
  /** {@code load-1}, {@code load-5}, {@code load-15}: running and waiting tasks, averaged. */
  LOAD,
  /** {@code network-in}, {@code network-out}: bytes since boot; they start again at a reboot. */
  NETWORK,
  /** {@code disk-used}, {@code disk-free}: bytes. */
  DISK,
  /** {@code temperature}: degrees Celsius of the processor, where the machine shows it. */
  TEMPERATURE;

  /** As in the configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
