package dev.telltale.agent;

import dev.telltale.agent.envelope.BootSeed;
import dev.telltale.agent.sensor.LimitedSensor;
import dev.telltale.agent.sensor.Sensor;
import dev.telltale.agent.sensor.SensorSettings;
import dev.telltale.agent.sensor.SensorTables;
import dev.telltale.agent.sensor.Sensors;
import dev.telltale.agent.tpm.transport.TpmAddress;
import dev.telltale.platform.config.ConfigException;
import dev.telltale.platform.config.Toml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code agent.toml}, read and checked.
 *
 * @param state directory of identity, outbox and socket
 * @param bootSeed file with the random number of this boot
 * @param closeAfter age at which an envelope is closed
 * @param stopAfter readings after which a sensor ends, by its name
 */
record AgentConfig(
    Path state,
    TpmAddress tpm,
    Path bootSeed,
    Duration closeAfter,
    OutboxSettings outbox,
    List<SensorSettings> sensors,
    Map<String, Long> stopAfter) {
  static final Path FILE = Path.of("/etc/telltale/agent.toml");

  private static final Path STATE = Path.of("/var/lib/telltale-agent");
  private static final String TPM = "/dev/tpmrm0";
  private static final long MIB = 1L << 20;

  /**
   * The outbox.
   *
   * @param size bytes on the disk
   * @param sync how often readings are made durable
   */
  record OutboxSettings(long size, Duration sync) {}

  AgentConfig {
    sensors = List.copyOf(sensors);
    stopAfter = Map.copyOf(stopAfter);
  }

  static AgentConfig read(Path path) throws ConfigException {
    return of(Toml.read(path));
  }

  static AgentConfig of(Toml file) throws ConfigException {
    Toml envelope = file.table("envelope");
    AgentConfig config =
        new AgentConfig(
            file.table("agent").path("state").or(STATE),
            tpm(file.table("tpm")),
            file.table("tpm").path("boot-seed").or(BootSeed.FILE),
            envelope
                .duration("close-after", Duration.ofMillis(100), Duration.ofDays(1))
                .or(Duration.ofMinutes(1)),
            outbox(file.table("outbox")),
            SensorTables.read(file),
            stopAfter(file));
    file.finish();
    return config;
  }

  private static TpmAddress tpm(Toml table) throws ConfigException {
    try {
      return TpmAddress.parse(table.string("device").or(TPM));
    } catch (IllegalArgumentException e) {
      throw table.error("device", String.valueOf(e.getMessage()));
    }
  }

  private static OutboxSettings outbox(Toml table) throws ConfigException {
    return new OutboxSettings(
        table.size("size", 8 * MIB, 1L << 40).or(256 * MIB),
        table
            .duration("sync", Duration.ofMillis(10), Duration.ofHours(1))
            .or(Duration.ofSeconds(1)));
  }

  private static Map<String, Long> stopAfter(Toml file) throws ConfigException {
    Map<String, Long> limits = new HashMap<>();
    for (Map.Entry<String, Toml> sensor : file.tables("sensor").entrySet()) {
      sensor
          .getValue()
          .integer("stop-after", 1, 1L << 40)
          .optional()
          .ifPresent(limit -> limits.put(sensor.getKey(), limit));
    }
    return limits;
  }

  /**
   * The sensors of this configuration.
   *
   * @throws IllegalArgumentException if two of them have one name; the message is one line
   */
  List<Sensor> openSensors() {
    List<Sensor> opened = new ArrayList<>();
    for (Sensor sensor : Sensors.open(sensors)) {
      Long limit = stopAfter.get(sensor.name());
      opened.add(limit == null ? sensor : new LimitedSensor(sensor, limit));
    }
    return opened;
  }
}
