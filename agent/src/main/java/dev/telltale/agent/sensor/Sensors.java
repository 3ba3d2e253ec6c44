package dev.telltale.agent.sensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sensors of a configuration. */
public final class Sensors {
  private Sensors() {}

  /**
   * A sensor that is not there opens all the same, and its readings say so; the ones beside it are
   * not affected.
   *
   * @throws IllegalArgumentException two sensors have one name, or would give two readings of one
   *     name at one instant; the message is one line
   */
  public static List<Sensor> open(List<SensorSettings> settings) {
    return open(settings, HostSensor.Roots.KERNEL);
  }

  static List<Sensor> open(List<SensorSettings> settings, HostSensor.Roots roots) {
    List<Sensor> sensors = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    Map<String, Sensor> named = new HashMap<>();
    for (SensorSettings one : settings) {
      Sensor sensor =
          switch (one) {
            case HostSettings host -> HostSensor.open(host, roots);
            case ReplaySettings replay -> new ReplaySensor(replay);
          };
      if (named.put(sensor.name(), sensor) != null) {
        throw new IllegalArgumentException("two sensors \"" + sensor.name() + "\"");
      }
      for (String reading : sensor.readingNames()) {
        String owner = owners.put(reading, sensor.name());
        if (owner != null) {
          throw new IllegalArgumentException(
              "sensors \"%s\" and \"%s\" both give \"%s\": give one a prefix"
                  .formatted(owner, sensor.name(), reading));
        }
      }
      sensors.add(sensor);
    }
    return List.copyOf(sensors);
  }
}
