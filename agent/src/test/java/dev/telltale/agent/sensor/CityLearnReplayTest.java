package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telltale.agent.sensor.ReplaySettings.AtEnd;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A season of a real data set, beside the checkout where it is there. */
class CityLearnReplayTest {
  private static final Path FILE =
      RepositoryRoot.find().resolveSibling("shared/data/citylearn/building_1.csv");

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final int ROWS = 2_928;

  @Test
  void everyCellOfTheBuildingIsCarriedExactly() throws Exception {
    assumeTrue(Files.isReadable(FILE), "data set not there: " + FILE);
    List<String> lines = Files.readAllLines(FILE);
    List<ReplayColumn> columns = new ArrayList<>();
    for (String header : lines.getFirst().split(",", -1)) {
      columns.add(ReplayColumn.of(header, header, ""));
    }
    ReplaySensor sensor = new ReplaySensor(settings(columns));

    for (String line : lines.subList(1, lines.size())) {
      List<Reading> row = sensor.sample(NOW);
      assertEquals(line, text(row));
    }

    assertEquals(List.of(), sensor.sample(NOW));
    assertEquals(ROWS, lines.size() - 1);
  }

  /** The same decimals as in the file, to the last zero. */
  private static String text(List<Reading> row) {
    return String.join(
        ",",
        row.stream()
            .peek(reading -> assertEquals(Quality.GOOD, reading.quality()))
            .map(reading -> reading.value().map(BigDecimal::toPlainString).orElse("none"))
            .toList());
  }

  private static ReplaySettings settings(List<ReplayColumn> columns) {
    return new ReplaySettings(
        "house", ReplaySettings.MAX_SPEED, "", FILE, columns, AtEnd.STOP, OptionalInt.empty());
  }
}
