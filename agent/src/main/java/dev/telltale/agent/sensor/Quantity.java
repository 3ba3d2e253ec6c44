package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Reading;
import java.util.regex.Pattern;

/** What is measured and in which unit. */
record Quantity(String name, String unit) {
  private static final Pattern SENSOR = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._]{0,31}");

  Quantity {
    checkName(name);
    SenmlUnits.check(unit);
  }

  Quantity prefixed(String prefix) {
    return new Quantity(prefix + name, unit);
  }

  static void checkName(String name) {
    if (!Reading.isName(name)) {
      throw new IllegalArgumentException(
          "reading name \"%s\": 1 to 64 of A-Z a-z 0-9 - : . _ /, first a letter or digit"
              .formatted(name));
    }
  }

  /** A prefix with which this name is still a name. */
  static void checkPrefix(String prefix, String name) {
    if (!Reading.isName(prefix + name)) {
      throw new IllegalArgumentException(
          "prefix: \"%s\" is no name; up to 64 of A-Z a-z 0-9 - : . _ /, first a letter or digit"
              .formatted(prefix + name));
    }
  }

  static void checkSensorName(String name) {
    if (!SENSOR.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "sensor name \"%s\": 1 to 32 of A-Z a-z 0-9 - . _, first a letter or digit"
              .formatted(name));
    }
  }
}
