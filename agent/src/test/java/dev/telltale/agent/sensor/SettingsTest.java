package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.sensor.ReplaySettings.AtEnd;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final ReplayColumn COLUMN = ReplayColumn.of("a", "power", "W");

  @ParameterizedTest
  @CsvSource({"max,PT0S", "1/s,PT1S", "50/s,PT0.02S", "3/s,PT0.333333333S", "100000/s,PT0.00001S"})
  void aSpeedIsTheTimeFromRowToRow(String speed, Duration every) {
    assertEquals(every, ReplaySettings.speed(speed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0/s", "-1/s", "1.5/s", "10", "10/m", "MAX", "9999999/s"})
  void anotherSpeedIsRefused(String speed) {
    assertThrows(IllegalArgumentException.class, () -> ReplaySettings.speed(speed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "a/b", "ä", "x123456789012345678901234567890123"})
  void aSensorNameIsShortAndPlain(String name) {
    assertRefused("sensor name", () -> HostSettings.of(name, Duration.ofSeconds(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "ä", "/power"})
  void aReadingNameHasTheCharactersOfSenml(String name) {
    assertRefused("reading name", () -> ReplayColumn.of("a", name, "W"));
  }

  @Test
  void aPrefixIsPartOfTheName() {
    assertRefused("prefix: ", () -> replay("/", List.of(COLUMN), OptionalInt.empty()));
    assertRefused("prefix: ", () -> host(Duration.ofSeconds(1), "x".repeat(60)));
    assertEquals("shed:", host(Duration.ofSeconds(1), "shed:").prefix());
  }

  @ParameterizedTest
  @ValueSource(strings = {"W", "J", "Cel", "%RH", "/", "count", "B", "1/s", "m/s2", ""})
  void primaryUnitsAreTaken(String unit) {
    assertEquals(unit, ReplayColumn.of("a", "b", unit).unit());
  }

  @ParameterizedTest
  @CsvSource({"kWh,3600000", "%,0.01", "kW,1000", "°C,Cel", "watt,registry"})
  void anotherUnitIsRefusedWithWhatToWrite(String unit, String hint) {
    assertRefused(hint, () -> ReplayColumn.of("a", "b", unit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1234567890123", "1E-13", "1E13"})
  void aFactorIsAShortDecimal(BigDecimal factor) {
    assertRefused("factor", () -> new ReplayColumn("a", "b", "W", factor));
  }

  @Test
  void intervalsAreBounded() {
    assertRefused("every", () -> host(Duration.ofMillis(99), ""));
    assertRefused("every", () -> host(Duration.ofDays(2), ""));
    assertRefused(
        "every",
        () ->
            new ReplaySettings(
                "r",
                Duration.ofMillis(-1),
                "",
                Path.of("x"),
                List.of(COLUMN),
                AtEnd.STOP,
                OptionalInt.empty()));
  }

  @Test
  void aSensorMustTellSomething() {
    assertRefused("column:", () -> replay("", List.of(), OptionalInt.empty()));
    assertRefused(
        "measure",
        () ->
            new HostSettings(
                "h",
                Duration.ofSeconds(1),
                "",
                Set.of(),
                List.of(),
                Path.of("/"),
                Optional.empty()));
  }

  @Test
  void twoColumnsDoNotShareAName() {
    assertRefused(
        "column: two give \"power\"",
        () -> replay("", List.of(COLUMN, ReplayColumn.of("b", "power", "W")), OptionalInt.empty()));
  }

  @Test
  void decimalsAreThoseOfAReading() {
    assertRefused("decimals", () -> replay("", List.of(COLUMN), OptionalInt.of(13)));
    assertRefused("decimals", () -> replay("", List.of(COLUMN), OptionalInt.of(-1)));
  }

  @Test
  void twoSensorsDoNotShareANameNorTheNamesOfTheirReadings() {
    SensorSettings one = host(Duration.ofSeconds(1), "");
    SensorSettings same = host(Duration.ofSeconds(2), "b/");
    SensorSettings other =
        new ReplaySettings(
            "table",
            Duration.ZERO,
            "",
            Path.of("x"),
            List.of(ReplayColumn.of("a", "load-1", "count")),
            AtEnd.STOP,
            OptionalInt.empty());

    assertRefused("two sensors \"h\"", () -> Sensors.open(List.of(one, same)));
    assertRefused(
        "\"h\" and \"table\" both give \"load-1\"", () -> Sensors.open(List.of(one, other)));
    assertEquals(2, Sensors.open(List.of(same, other)).size());
  }

  private static HostSettings host(Duration every, String prefix) {
    return new HostSettings(
        "h", every, prefix, Set.of(HostMeasure.LOAD), List.of(), Path.of("/"), Optional.empty());
  }

  private static ReplaySettings replay(
      String prefix, List<ReplayColumn> columns, OptionalInt decimals) {
    return new ReplaySettings(
        "r", Duration.ofSeconds(1), prefix, Path.of("x"), columns, AtEnd.STOP, decimals);
  }

  private static void assertRefused(String said, Executable what) {
    String message = assertThrows(IllegalArgumentException.class, what).toString();
    assertTrue(message.contains(said), message);
  }
}
