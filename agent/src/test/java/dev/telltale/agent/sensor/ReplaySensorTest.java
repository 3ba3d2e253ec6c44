package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.sensor.ReplaySettings.AtEnd;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaySensorTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final List<ReplayColumn> COLUMNS =
      List.of(
          new ReplayColumn("kwh", "energy", "J", new BigDecimal("3600000")),
          ReplayColumn.of("room", "temperature", "Cel"));

  @TempDir Path directory;

  @Test
  void eachSampleIsTheNextRowWithExactDecimals() throws IOException {
    ReplaySensor sensor = replay("hour,room,kwh\n1,21.50,0.5676419\n2,-1,1E-3\n", AtEnd.STOP);

    assertEquals(List.of("energy", "temperature"), sensor.readingNames());
    assertEquals(
        List.of(good("energy", "2043510.8400000", "J"), good("temperature", "21.50", "Cel")),
        sensor.sample(NOW));
    assertEquals(
        List.of(good("energy", "3600.000", "J"), good("temperature", "-1", "Cel")),
        sensor.sample(NOW));
    assertEquals(Optional.empty(), sensor.fault());
  }

  @Test
  void stopsAfterTheLastRow() throws IOException {
    ReplaySensor sensor = replay("kwh,room\n1,2\n", AtEnd.STOP);
    sensor.sample(NOW);
    assertFalse(sensor.finished());

    assertEquals(List.of(), sensor.sample(NOW));
    assertTrue(sensor.finished());
    assertEquals(List.of(), sensor.sample(NOW));
  }

  @Test
  void loopsToTheFirstRow() throws IOException {
    ReplaySensor sensor = replay("kwh,room\n1,2\n1,3\n", AtEnd.LOOP);

    List<BigDecimal> rooms =
        List.of(room(sensor), room(sensor), room(sensor), room(sensor), room(sensor));

    assertEquals("[2, 3, 2, 3, 2]", rooms.toString());
    assertFalse(sensor.finished());
  }

  @Test
  void aBadCellIsNoValueBesideTheGoodOnesOfItsRow() throws IOException {
    ReplaySensor sensor = replay("kwh,room\nNaN,2\n,3\n", AtEnd.STOP);

    assertEquals(List.of(none("energy", "J"), good("temperature", "2", "Cel")), sensor.sample(NOW));
    assertTrue(
        sensor.fault().orElseThrow().endsWith("line 2: no number to carry in column \"kwh\""));
    assertEquals(List.of(none("energy", "J"), good("temperature", "3", "Cel")), sensor.sample(NOW));
  }

  @Test
  void aBadRowIsNoValuesAndTheNextRowFollows() throws IOException {
    ReplaySensor sensor = replay("kwh,room\n1\n1,3\n", AtEnd.STOP);

    assertEquals(List.of(none("energy", "J"), none("temperature", "Cel")), sensor.sample(NOW));
    assertEquals("3", room(sensor).toPlainString());
    assertEquals(Optional.empty(), sensor.fault());
  }

  @Test
  void aMissingFileIsNoValuesUntilItIsThere() throws IOException {
    Path file = directory.resolve("late.csv");
    ReplaySensor sensor =
        new ReplaySensor(settings(file, ReplaySettings.MAX_SPEED, AtEnd.STOP, OptionalInt.empty()));

    assertEquals(List.of(none("energy", "J"), none("temperature", "Cel")), sensor.sample(NOW));
    assertEquals(file + ": no such file", sensor.fault().orElseThrow());
    assertEquals(Duration.ofSeconds(1), sensor.every(), "not asked for at full speed");

    Files.writeString(file, "kwh,room\n1,2\n");
    assertEquals("2", room(sensor).toPlainString());
    assertEquals(ReplaySettings.MAX_SPEED, sensor.every());
  }

  @Test
  void aColumnThatIsMissingOrTwiceThereIsSaid() throws IOException {
    ReplaySensor missing = replay("kwh,x\n1,2\n", AtEnd.STOP);
    missing.sample(NOW);
    assertTrue(missing.fault().orElseThrow().endsWith(": no column \"room\""));

    ReplaySensor twice = replay("kwh,room,room\n1,2,3\n", AtEnd.STOP);
    twice.sample(NOW);
    assertTrue(twice.fault().orElseThrow().endsWith(": two columns \"room\""));
  }

  @Test
  void aLoopOverNoRowsIsAFaultAndNotAnEndlessSearch() throws IOException {
    ReplaySensor sensor = replay("kwh,room\n", AtEnd.LOOP);

    assertEquals(List.of(none("energy", "J"), none("temperature", "Cel")), sensor.sample(NOW));
    assertTrue(sensor.fault().orElseThrow().endsWith(": no row after the header"));
  }

  @Test
  void roundsWhereAskedTo() throws IOException {
    Path file = Files.writeString(directory.resolve("r.csv"), "kwh,room\n1,21.123456789012345\n");

    ReplaySensor exact =
        new ReplaySensor(settings(file, Duration.ZERO, AtEnd.STOP, OptionalInt.empty()));
    ReplaySensor rounded =
        new ReplaySensor(settings(file, Duration.ZERO, AtEnd.STOP, OptionalInt.of(3)));

    assertEquals(none("temperature", "Cel"), exact.sample(NOW).getLast());
    assertEquals(good("temperature", "21.123", "Cel"), rounded.sample(NOW).getLast());
  }

  private ReplaySensor replay(String content, AtEnd atEnd) throws IOException {
    Path file = Files.writeString(directory.resolve("table.csv"), content);
    return new ReplaySensor(settings(file, Duration.ofSeconds(1), atEnd, OptionalInt.empty()));
  }

  private static ReplaySettings settings(
      Path file, Duration every, AtEnd atEnd, OptionalInt decimals) {
    return new ReplaySettings("house", every, "", file, COLUMNS, atEnd, decimals);
  }

  private static BigDecimal room(ReplaySensor sensor) {
    return sensor.sample(NOW).getLast().value().orElseThrow();
  }

  private static Reading good(String name, String value, String unit) {
    return new Reading(
        name, NOW.toEpochMilli(), Optional.of(new BigDecimal(value)), unit, Quality.GOOD);
  }

  private static Reading none(String name, String unit) {
    return new Reading(name, NOW.toEpochMilli(), Optional.empty(), unit, Quality.NO_VALUE);
  }
}
