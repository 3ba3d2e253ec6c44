package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.agent.sensor.ReplaySettings.AtEnd;
import dev.telltale.platform.config.ConfigException;
import dev.telltale.platform.config.Toml;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorTablesTest {
  private static final Path REFERENCE =
      RepositoryRoot.find().resolve("deploy").resolve("config").resolve("agent.toml");

  private static final HostSettings BOARD = HostSettings.of("board", Duration.ofSeconds(10));

  @Test
  void theReferenceFileIsASensorOfTheBoard() throws Exception {
    assertEquals(List.of(BOARD), read(Files.readString(REFERENCE)));
  }

  @Test
  void everyOptionInTheCommentsOfTheReferenceFileIsOne() throws Exception {
    String everything =
        Files.readString(REFERENCE).replaceAll("(?m)^# (\\[[a-z_.]+\\]$|[a-z-]+ = )", "$1");

    List<SensorSettings> settings = read(everything);

    assertEquals(
        new HostSettings(
            "board",
            Duration.ofSeconds(10),
            "",
            Set.of(HostMeasure.values()),
            List.of("eth0", "wlan0"),
            Path.of("/"),
            Optional.of("cpu-thermal")),
        settings.getFirst());
    assertEquals(
        new ReplaySettings(
            "house",
            Duration.ofSeconds(1),
            "",
            Path.of("/srv/building_1.csv"),
            List.of(
                ReplayColumn.of("indoor_dry_bulb_temperature", "indoor", "Cel"),
                ReplayColumn.of("indoor_relative_humidity", "humidity", "%RH"),
                new ReplayColumn("non_shiftable_load", "load", "J", new BigDecimal("3600000")),
                ReplayColumn.of("occupant_count", "occupant_count", "")),
            AtEnd.LOOP,
            OptionalInt.of(3)),
        settings.getLast());
    assertEquals(2, Sensors.open(settings).size());
  }

  @Test
  void aReplayMayBeGivenASpeed() throws Exception {
    assertEquals(ReplaySettings.MAX_SPEED, read(replay("speed = \"max\"", "")).getFirst().every());
    assertEquals(Duration.ofMillis(20), read(replay("speed = \"50/s\"", "")).getFirst().every());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          every = "50ms"           | x.toml:3: every: expected
          measure = ["gpu"]        | x.toml:3: measure: unknown "gpu"; allowed are cpu, memory, load
          measure = []             | x.toml:3: measure: at least one of cpu, memory
          prefix = "/"             | x.toml:3: prefix: "/memory-available" is no name
          disk = "data"            | x.toml:3: disk: expected an absolute path
          port = "/dev/ttyUSB0"    | x.toml:3: unknown key port; allowed are driver, every, prefix
          """)
  void aWrongOptionOfTheHostIsNamedWithItsLine(String option, String said) {
    String every = option.startsWith("every") ? "" : "\nevery = \"1s\"";
    assertRefused(said, "[sensor.board]\ndriver = \"host\"\n" + option + every);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          speed = "fast"           | ''                  | x.toml:4: speed: "max" or rows a second
          at-end = "loop"          | ''                  | x.toml:1: every: give either every or speed
          every = "1s"             | unit = "kWh"        | x.toml:6: unit: for "kWh" write unit = "J"
          every = "1s"             | unit = "watt"       | x.toml:6: unit: "watt" is not in the SenML
          every = "1s"             | factor = 0          | x.toml:6: factor: a decimal other than 0
          every = "1s"             | name = "a b"        | x.toml:6: name: reading name "a b"
          every = "1s"             | scale = 1           | x.toml:6: unknown key scale
          """)
  void aWrongOptionOfAReplayIsNamedWithItsLine(String option, String column, String said) {
    assertRefused(said, replay(option, column));
  }

  @Test
  void aReplayNeedsAColumnAndASensorADriver() {
    assertRefused(
        "x.toml:1: column: write [sensor.NAME.column.HEADER]",
        "[sensor.h]\ndriver = \"replay\"\nfile = \"/x\"\nevery = \"1s\"");
    assertRefused("x.toml:1: driver is missing in [sensor.h]", "[sensor.h]\nevery = \"1s\"");
    assertRefused(
        "x.toml:2: driver: expected \"host\" or \"replay\"", "[sensor.h]\ndriver = \"gpio\"");
  }

  private static String replay(String option, String column) {
    return "[sensor.house]\ndriver = \"replay\"\nfile = \"/srv/x.csv\"\n%s\n[sensor.house.column.a]\n%s\n"
        .formatted(option, column);
  }

  private static List<SensorSettings> read(String text) throws ConfigException {
    Toml file = Toml.parse("x.toml", text);
    List<SensorSettings> settings = SensorTables.read(file);
    for (String other : List.of("agent", "tpm", "envelope", "outbox")) {
      Toml table = file.table(other);
      for (String key : List.of("state", "device", "boot-seed", "close-after", "size", "sync")) {
        table.string(key);
      }
    }
    file.finish();
    return settings;
  }

  private static void assertRefused(String said, String text) {
    String message =
        String.valueOf(assertThrows(ConfigException.class, () -> read(text)).getMessage());
    assertEquals(said, message.substring(0, Math.min(said.length(), message.length())), message);
  }
}
