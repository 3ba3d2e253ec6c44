package dev.telltale.agent.sensor;

import dev.telltale.platform.config.ConfigException;
import dev.telltale.platform.config.Toml;
import dev.telltale.protocol.reading.Reading;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables {@code [sensor.NAME]} of the agent's configuration. */
public final class SensorTables {
  /** How settings name the key they refuse. */
  private static final Pattern KEYED = Pattern.compile("([a-z-]+): (.*)");

  private SensorTables() {}

  private enum Driver {
    HOST,
    REPLAY
  }

  /**
   * In the order of the file. Whoever reads the rest of the file refuses the keys that nobody asked
   * for ({@link Toml#finish}).
   */
  public static List<SensorSettings> read(Toml file) throws ConfigException {
    List<SensorSettings> settings = new ArrayList<>();
    for (Map.Entry<String, Toml> table : file.tables("sensor").entrySet()) {
      settings.add(sensor(table.getKey(), table.getValue()));
    }
    return List.copyOf(settings);
  }

  private static SensorSettings sensor(String name, Toml table) throws ConfigException {
    Driver driver = table.choice("driver", Driver.class).required();
    try {
      return switch (driver) {
        case HOST -> host(name, table);
        case REPLAY -> replay(name, table);
      };
    } catch (IllegalArgumentException e) {
      throw refused(table, e);
    }
  }

  private static ConfigException refused(Toml table, IllegalArgumentException refusal) {
    String message = String.valueOf(refusal.getMessage());
    Matcher keyed = KEYED.matcher(message);
    return keyed.matches()
        ? table.error(keyed.group(1), keyed.group(2))
        : table.error("name", message);
  }

  private static HostSettings host(String name, Toml table) throws ConfigException {
    return new HostSettings(
        name,
        table.duration("every", HostSettings.FASTEST, HostSettings.SLOWEST).required(),
        table.string("prefix").or(""),
        measures(table),
        table.strings("interfaces").or(List.of()),
        table.path("disk").or(Path.of("/")),
        table.string("temperature").optional());
  }

  private static Set<HostMeasure> measures(Toml table) throws ConfigException {
    Optional<List<String>> keys = table.strings("measure").optional();
    if (keys.isEmpty()) {
      return EnumSet.allOf(HostMeasure.class);
    }
    Set<HostMeasure> measures = EnumSet.noneOf(HostMeasure.class);
    for (String key : keys.get()) {
      measures.add(
          Arrays.stream(HostMeasure.values())
              .filter(measure -> measure.key().equals(key))
              .findFirst()
              .orElseThrow(() -> table.error("measure", unknownMeasure(key))));
    }
    return measures;
  }

  private static String unknownMeasure(String key) {
    return "unknown \"%s\"; allowed are %s"
        .formatted(
            key,
            Arrays.stream(HostMeasure.values())
                .map(HostMeasure::key)
                .collect(Collectors.joining(", ")));
  }

  private static ReplaySettings replay(String name, Toml table) throws ConfigException {
    return new ReplaySettings(
        name,
        pace(table),
        table.string("prefix").or(""),
        table.path("file").required(),
        columns(table),
        table.choice("at-end", ReplaySettings.AtEnd.class).or(ReplaySettings.AtEnd.STOP),
        table
            .integer("decimals", 0, Reading.MAX_SCALE)
            .optional()
            .map(decimals -> OptionalInt.of(Math.toIntExact(decimals)))
            .orElse(OptionalInt.empty()));
  }

  private static Duration pace(Toml table) throws ConfigException {
    Optional<Duration> every =
        table.duration("every", Duration.ofMillis(1), ReplaySettings.SLOWEST).optional();
    Optional<String> speed = table.string("speed").optional();
    if (every.isPresent() == speed.isPresent()) {
      throw table.error("every", "give either every or speed");
    }
    return every.orElseGet(() -> ReplaySettings.speed(speed.orElseThrow()));
  }

  private static List<ReplayColumn> columns(Toml table) throws ConfigException {
    List<ReplayColumn> columns = new ArrayList<>();
    for (Map.Entry<String, Toml> entry : table.tables("column").entrySet()) {
      Toml column = entry.getValue();
      try {
        columns.add(
            new ReplayColumn(
                entry.getKey(),
                column.string("name").or(entry.getKey()),
                column.string("unit").or(""),
                column.decimal("factor").or(BigDecimal.ONE)));
      } catch (IllegalArgumentException e) {
        throw refused(column, e);
      }
    }
    return columns;
  }
}
