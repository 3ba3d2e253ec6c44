package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Driver {@code replay}: a table, row after row, as if it were measured now.
 *
 * @param every one row each; zero: as fast as the readings are taken
 * @param columns at least one
 * @param decimals round to so many, half to even; empty: a value that cannot be carried exactly is
 *     none
 */
public record ReplaySettings(
    String name,
    Duration every,
    String prefix,
    Path file,
    List<ReplayColumn> columns,
    AtEnd atEnd,
    OptionalInt decimals)
    implements SensorSettings {
  public static final String DRIVER = "replay";

  /** {@link #every} for the speed "max". */
  public static final Duration MAX_SPEED = Duration.ZERO;

  private static final Pattern SPEED = Pattern.compile("([1-9][0-9]{0,5})/s");
  static final Duration SLOWEST = Duration.ofDays(1);

  /** What follows the last row. */
  public enum AtEnd {
    STOP,
    LOOP
  }

  public ReplaySettings {
    Quantity.checkSensorName(name);
    columns = List.copyOf(columns);
    if (every.isNegative() || every.compareTo(SLOWEST) > 0) {
      throw new IllegalArgumentException("every: up to \"1d\"");
    }
    if (columns.isEmpty() || columns.size() > CsvFile.MAX_COLUMNS) {
      throw new IllegalArgumentException(
          "column: write [sensor.NAME.column.HEADER] for 1 to %d columns of the file"
              .formatted(CsvFile.MAX_COLUMNS));
    }
    if (decimals.isPresent()
        && (decimals.getAsInt() < 0 || decimals.getAsInt() > Reading.MAX_SCALE)) {
      throw new IllegalArgumentException("decimals: from 0 to " + Reading.MAX_SCALE);
    }
    Set<String> names = new HashSet<>();
    for (ReplayColumn column : columns) {
      Quantity.checkPrefix(prefix, column.name());
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("column: two give \"" + column.name() + "\"");
      }
    }
  }

  /**
   * The option {@code speed}: {@code "max"} or rows a second such as {@code "50/s"}, as the time
   * from row to row.
   */
  public static Duration speed(String text) {
    Matcher rows = SPEED.matcher(text);
    if (text.equals("max")) {
      return MAX_SPEED;
    }
    if (!rows.matches()) {
      throw new IllegalArgumentException("speed: \"max\" or rows a second such as \"50/s\"");
    }
    return Duration.ofSeconds(1).dividedBy(Long.parseLong(rows.group(1)));
  }
}
