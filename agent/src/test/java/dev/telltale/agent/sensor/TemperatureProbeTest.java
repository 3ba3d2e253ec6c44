package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.sensor.Probe.Measured;
import dev.telltale.protocol.reading.Quality;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureProbeTest {
  private static final String ZONE = "sys/class/thermal/thermal_zone0/";

  @TempDir Path directory;
  private PiFiles files;

  @BeforeEach
  void copyCapturedFiles() throws IOException {
    files = new PiFiles(directory);
  }

  @Test
  void anotherChipIsFoundByItsName() throws IOException {
    assertEquals("51.120", value(probe(Optional.of("rp1_adc"))).toPlainString());
  }

  @Test
  void theProcessorComesFirstWhateverItsNumber() throws IOException {
    files.write(ZONE + "type", "acpitz\n");
    files.write(ZONE + "temp", "20000\n");
    files.write("sys/class/thermal/thermal_zone10/type", "x86_pkg_temp\n");
    files.write("sys/class/thermal/thermal_zone10/temp", "61000\n");

    assertEquals("61.000", value(probe(Optional.empty())).toPlainString());
  }

  @Test
  void aMachineWithoutOneHasNoneUnlessItWasAskedForByName() throws IOException {
    Path bare = directory.resolve("bare");

    assertTrue(TemperatureProbe.find(bare, Optional.empty()).isEmpty());
    assertTrue(TemperatureProbe.find(bare, Optional.of("soc")).isPresent());
  }

  @Test
  void oneAskedForByNameIsTakenWhenItAppears() throws IOException {
    TemperatureProbe probe = probe(Optional.of("late"));

    IOException missing = assertThrows(IOException.class, probe::measure);
    files.write("sys/class/hwmon/hwmon7/name", "late\n");
    files.write("sys/class/hwmon/hwmon7/temp1_input", "1000\n");

    assertEquals(
        "no temperature \"late\": this machine shows cpu-thermal, cpu_thermal, rp1_adc",
        missing.getMessage());
    assertEquals("1.000", value(probe).toPlainString());
  }

  @Test
  void aChipThatMovedToAnotherNumberIsFoundAgain() throws IOException {
    TemperatureProbe probe = probe(Optional.of("rp1_adc"));
    probe.measure();
    files.delete("sys/class/hwmon/hwmon1/temp1_input");
    files.write("sys/class/hwmon/hwmon4/name", "rp1_adc\n");
    files.write("sys/class/hwmon/hwmon4/temp1_input", "52000\n");

    assertThrows(IOException.class, probe::measure);

    assertEquals("52.000", value(probe).toPlainString());
  }

  @Test
  void belowZeroIsATemperature() throws IOException {
    files.write(ZONE + "temp", "-4250\n");

    assertEquals("-4.250", value(probe(Optional.empty())).toPlainString());
  }

  @Test
  void aTemperatureNoBoardSurvivesIsSuspect() throws IOException {
    files.write(ZONE + "temp", "-274000\n");

    Measured measured = probe(Optional.empty()).measure().getFirst();

    assertEquals(Quality.SUSPECT, measured.quality());
    assertEquals("-274.000", measured.value().toPlainString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4x", "45.277", "+45277", "99999999", " 45277"})
  void aTextOfAnotherFormIsNone(String text) {
    files.write(ZONE + "temp", text + "\n");

    assertThrows(IOException.class, () -> probe(Optional.empty()).measure());
  }

  private TemperatureProbe probe(Optional<String> wanted) {
    return TemperatureProbe.find(files.roots().sys(), wanted).orElseThrow();
  }

  private static BigDecimal value(TemperatureProbe probe) throws IOException {
    return probe.measure().getFirst().value();
  }
}
