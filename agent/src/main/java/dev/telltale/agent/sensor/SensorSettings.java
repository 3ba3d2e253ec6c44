package dev.telltale.agent.sensor;

import java.time.Duration;

/**
 * One table {@code [sensor.NAME]} of the configuration, checked. The constructors throw {@link
 * IllegalArgumentException} with one line that names the key and says what is allowed; who reads
 * the file puts its name and line before it.
 */
public sealed interface SensorSettings permits HostSettings, ReplaySettings {
  String name();

  /** Zero: as fast as the readings are taken. */
  Duration every();

  /** Put before the name of each reading, for boards with two sensors of a kind; may be empty. */
  String prefix();
}
