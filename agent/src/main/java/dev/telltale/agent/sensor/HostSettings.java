package dev.telltale.agent.sensor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Driver {@code host}.
 *
 * @param measures what to tell; not empty
 * @param interfaces whose bytes are summed; empty: every interface with hardware behind it
 * @param disk any path on the file system to watch
 * @param temperature type of a thermal zone or name of a hwmon chip; empty: the processor's, if any
 */
public record HostSettings(
    String name,
    Duration every,
    String prefix,
    Set<HostMeasure> measures,
    List<String> interfaces,
    Path disk,
    Optional<String> temperature)
    implements SensorSettings {
  public static final String DRIVER = "host";

  /** Below, the kernel's own ticks (10 ms) would show in the share of processor time. */
  static final Duration FASTEST = Duration.ofMillis(100);

  private static final String LONGEST_NAME = "memory-available";

  static final Duration SLOWEST = Duration.ofDays(1);

  public HostSettings {
    Quantity.checkSensorName(name);
    if (every.compareTo(FASTEST) < 0 || every.compareTo(SLOWEST) > 0) {
      throw new IllegalArgumentException("every: from \"100ms\" to \"1d\"");
    }
    if (measures.isEmpty()) {
      throw new IllegalArgumentException(
          "measure: at least one of cpu, memory, load, network, disk, temperature");
    }
    measures = Set.copyOf(measures);
    interfaces = List.copyOf(interfaces);
    // Refuses a prefix that no name could begin with, here and not at the first sample.
    Quantity.checkPrefix(prefix, LONGEST_NAME);
  }

  /** Everything the machine shows. */
  public static HostSettings of(String name, Duration every) {
    return new HostSettings(
        name, every, "", Set.of(HostMeasure.values()), List.of(), Path.of("/"), Optional.empty());
  }
}
