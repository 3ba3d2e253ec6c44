package dev.telltale.agent;

import dev.telltale.agent.sensor.Sensor;
import dev.telltale.agent.sensor.Sensors;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.JsonObject;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.platform.terminal.Tone;
import dev.telltale.protocol.reading.Reading;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code telltale-agent sensors}: one sample of each, shown and nothing else. */
record SensorsCommand(AgentConfig config, Terminal terminal) {
  private static final int WIDTH = 24;

  /** A share of time needs some time to be a share of. */
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** What one sensor showed. */
  private record Shown(String sensor, List<Reading> readings, Optional<String> fault) {}

  ExitCode run(boolean json) throws AgentException {
    List<Shown> shown = sample(config, InstantSource.system());
    if (json) {
      terminal.raw(new JsonObject().withObjects("readings", json(shown)) + "\n");
    } else {
      shown.forEach(this::print);
    }
    return shown.stream().allMatch(one -> one.fault().isEmpty()) ? ExitCode.DONE : ExitCode.NO;
  }

  private void print(Shown one) {
    for (Reading reading : one.readings()) {
      String value = reading.value().map(BigDecimal::toPlainString).orElse("no value");
      terminal.row(Tone.PLAIN, reading.name(), WIDTH, value + " " + reading.unit());
    }
    one.fault().ifPresent(why -> terminal.row(Tone.BAD, one.sensor(), WIDTH, why));
  }

  private static List<JsonObject> json(List<Shown> shown) {
    List<JsonObject> all = new ArrayList<>();
    for (Shown one : shown) {
      for (Reading reading : one.readings()) {
        JsonObject json =
            new JsonObject()
                .with("sensor", one.sensor())
                .with("name", reading.name())
                .with("time", Instant.ofEpochMilli(reading.timeMillis()).toString())
                .with("unit", reading.unit());
        reading
            .value()
            .ifPresentOrElse(value -> json.with("value", value), () -> json.withNull("value"));
        all.add(json);
      }
    }
    return all;
  }

  /** One line for each sensor. */
  static List<CheckRow> check(AgentConfig config, InstantSource clock) {
    try {
      return sample(config, clock).stream()
          .map(one ->
              one.fault()
                  .map(why -> CheckRow.fail(one.sensor(), why))
                  .orElseGet(() ->
                      CheckRow.ok(one.sensor(), one.readings().size() + " readings a sample")))
          .toList();
    } catch (AgentException e) {
      return List.of(CheckRow.fail("sensors", String.valueOf(e.getMessage())));
    }
  }

  private static List<Shown> sample(AgentConfig config, InstantSource clock) throws AgentException {
    try {
      List<Sensor> sensors = Sensors.open(config.sensors());
      List<Shown> shown = new ArrayList<>();
      sensors.forEach(sensor -> sensor.sample(clock.instant()));
      Thread.sleep(BETWEEN);
      for (Sensor sensor : sensors) {
        List<Reading> readings = sensor.sample(clock.instant());
        shown.add(new Shown(sensor.name(), readings, sensor.fault()));
        sensor.close();
      }
      return shown;
    } catch (IllegalArgumentException e) {
      throw new AgentException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException("interrupted", e);
    }
  }
}
