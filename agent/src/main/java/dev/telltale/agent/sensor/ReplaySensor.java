package dev.telltale.agent.sensor;

import dev.telltale.agent.sensor.CsvFile.Row;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Driver {@code replay}: each sample is the next row of a table. A table that cannot be read is
 * tried again from its start.
 */
final class ReplaySensor implements Sensor {
  /** A missing file is not asked for at full speed. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ReplaySettings settings;
  private final List<Quantity> quantities;

  /** Open while rows are being read; null otherwise. Owned by the thread that samples. */
  private @Nullable Table table;

  private boolean finished;
  private boolean broken;

  /** Written by the thread that samples, read by any. */
  private volatile Optional<String> fault = Optional.empty();

  ReplaySensor(ReplaySettings settings) {
    this.settings = settings;
    this.quantities =
        settings.columns().stream()
            .map(column -> new Quantity(column.name(), column.unit()))
            .map(quantity -> quantity.prefixed(settings.prefix()))
            .toList();
  }

  /**
   * @param indexes where in a row the columns of the settings are, in their order
   */
  private record Table(CsvFile file, List<Integer> indexes) {}

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public List<String> readingNames() {
    return quantities.stream().map(Quantity::name).toList();
  }

  @Override
  public Duration every() {
    return broken && settings.every().compareTo(RETRY) < 0 ? RETRY : settings.every();
  }

  @Override
  public List<Reading> sample(Instant at) {
    if (finished) {
      return List.of();
    }
    try {
      Optional<Row> row = nextRow();
      broken = false;
      fault = Optional.empty();
      return row.map(present -> readings(present, at)).orElse(List.of());
    } catch (IOException e) {
      close();
      broken = true;
      fault = Optional.of(KernelText.explain(e));
      return nothing(at);
    }
  }

  /** Empty when the replay has ended. */
  private Optional<Row> nextRow() throws IOException {
    Optional<Row> row = opened().file.next();
    if (row.isPresent()) {
      return row;
    }
    close();
    return switch (settings.atEnd()) {
      case STOP -> {
        finished = true;
        yield Optional.empty();
      }
      case LOOP -> Optional.of(firstRow());
    };
  }

  private Row firstRow() throws IOException {
    return opened()
        .file
        .next()
        .orElseThrow(() -> new IOException(settings.file() + ": no row after the header"));
  }

  private Table opened() throws IOException {
    Table opened = table;
    if (opened == null) {
      CsvFile file = CsvFile.open(settings.file());
      try {
        opened = new Table(file, indexes(file.header()));
      } catch (IOException e) {
        file.close();
        throw e;
      }
      table = opened;
    }
    return opened;
  }

  private List<Integer> indexes(List<String> header) throws IOException {
    List<Integer> indexes = new ArrayList<>();
    for (ReplayColumn column : settings.columns()) {
      int index = header.indexOf(column.column());
      if (index < 0) {
        throw new IOException(settings.file() + ": no column \"" + column.column() + "\"");
      }
      if (index != header.lastIndexOf(column.column())) {
        throw new IOException(settings.file() + ": two columns \"" + column.column() + "\"");
      }
      indexes.add(index);
    }
    return List.copyOf(indexes);
  }

  private List<Reading> readings(Row row, Instant at) {
    return switch (row) {
      case Row.Cells cells -> readings(cells.cells(), at);
      case Row.Bad bad -> {
        complain(bad.why());
        yield nothing(at);
      }
    };
  }

  private List<Reading> readings(List<String> cells, Instant at) {
    List<Integer> indexes = table == null ? List.of() : table.indexes;
    List<Reading> readings = new ArrayList<>(quantities.size());
    for (int i = 0; i < indexes.size(); i++) {
      ReplayColumn column = settings.columns().get(i);
      Quantity quantity = quantities.get(i);
      Optional<BigDecimal> value = value(column, cells.get(indexes.get(i)));
      if (value.isEmpty()) {
        complain("no number to carry in column \"" + column.column() + "\"");
      }
      readings.add(
          value
              .map(present -> Readings.valued(quantity, at, present, Quality.GOOD))
              .orElseGet(() -> Readings.withoutValue(quantity, at)));
    }
    return List.copyOf(readings);
  }

  private Optional<BigDecimal> value(ReplayColumn column, String cell) {
    return Decimals.parse(cell)
        .map(number -> number.multiply(column.factor()))
        .flatMap(number -> Decimals.carried(number, settings.decimals()));
  }

  private List<Reading> nothing(Instant at) {
    return quantities.stream().map(quantity -> Readings.withoutValue(quantity, at)).toList();
  }

  private void complain(String what) {
    String line = table == null ? "" : " line " + table.file.lineNumber();
    fault = Optional.of(settings.file() + line + ": " + what);
  }

  @Override
  public Optional<String> fault() {
    return fault;
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public void close() {
    Table open = table;
    table = null;
    if (open != null) {
      try {
        open.file.close();
      } catch (IOException e) {
        // It was only read: nothing can be lost by this.
        fault = Optional.of(KernelText.explain(e));
      }
    }
  }
}
