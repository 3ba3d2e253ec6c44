package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Quality;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One temperature of the machine. */
final class TemperatureProbe implements Probe {
  private static final Quantity TEMPERATURE = new Quantity("temperature", "Cel");
  private static final Pattern MILLIDEGREES = Pattern.compile("-?[0-9]{1,7}");

  /** The kernel counts thousandths (sysfs-class-thermal, hwmon/sysfs-interface). */
  private static final int SCALE = 3;

  /** Outside of what silicon survives a driver reports a broken sensor, not a temperature. */
  private static final BigDecimal COLDEST = BigDecimal.valueOf(-60);

  private static final BigDecimal HOTTEST = BigDecimal.valueOf(200);

  private final Path sys;
  private final Optional<String> wanted;
  private Optional<Thermometer> found;

  private TemperatureProbe(Path sys, Optional<String> wanted, Optional<Thermometer> found) {
    this.sys = sys;
    this.wanted = wanted;
    this.found = found;
  }

  /**
   * Empty if this machine shows no temperature and none was asked for by name. One asked for by
   * name is looked for until it is there: drivers load late.
   */
  static Optional<TemperatureProbe> find(Path sys, Optional<String> wanted) {
    Optional<Thermometer> found = look(sys, wanted);
    return found.isEmpty() && wanted.isEmpty()
        ? Optional.empty()
        : Optional.of(new TemperatureProbe(sys, wanted, found));
  }

  private static Optional<Thermometer> look(Path sys, Optional<String> wanted) {
    return Thermometer.of(sys).stream()
        .filter(thermometer -> wanted.isEmpty() || wanted.get().equals(thermometer.label()))
        .findFirst();
  }

  @Override
  public List<Quantity> quantities() {
    return List.of(TEMPERATURE);
  }

  @Override
  public List<Measured> measure() throws IOException {
    Optional<Thermometer> thermometer = found.or(() -> look(sys, wanted));
    // Looked for again after a failure: chips move to another number when a driver is reloaded.
    found = Optional.empty();
    if (thermometer.isEmpty()) {
      throw new IOException(missing());
    }
    Measured measured = read(thermometer.get().input());
    found = thermometer;
    return List.of(measured);
  }

  private static Measured read(Path input) throws IOException {
    String text = KernelText.firstLine(input);
    if (!MILLIDEGREES.matcher(text).matches()) {
      throw KernelText.unexpected(input);
    }
    BigDecimal degrees = BigDecimal.valueOf(Long.parseLong(text), SCALE);
    boolean plausible = degrees.compareTo(COLDEST) >= 0 && degrees.compareTo(HOTTEST) <= 0;
    return new Measured(TEMPERATURE, degrees, plausible ? Quality.GOOD : Quality.SUSPECT);
  }

  private String missing() {
    List<String> there = Thermometer.of(sys).stream().map(Thermometer::label).toList();
    return "no temperature"
        + wanted.map(label -> " \"" + label + "\"").orElse("")
        + (there.isEmpty()
            ? ": this machine shows none"
            : ": this machine shows " + String.join(", ", there));
  }
}
