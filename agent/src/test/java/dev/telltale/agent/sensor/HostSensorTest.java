package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostSensorTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path directory;
  private PiFiles files;

  @BeforeEach
  void copyCapturedFiles() throws IOException {
    files = new PiFiles(directory);
  }

  @Test
  void tellsAvailableMemoryInBytes() {
    assertEquals(
        List.of(good("memory-available", "257642496", "B")), open(HostMeasure.MEMORY).sample(NOW));
  }

  @Test
  void tellsTheLoadAveragesWithTheirTwoDecimals() {
    assertEquals(
        List.of(
            good("load-1", "0.13", "count"),
            good("load-5", "1.26", "count"),
            good("load-15", "10.15", "count")),
        open(HostMeasure.LOAD).sample(NOW));
  }

  @Test
  void theFirstSampleOpensTheIntervalOfTheProcessorShare() {
    HostSensor sensor = open(HostMeasure.CPU);

    assertEquals(List.of(), sensor.sample(NOW));
    assertEquals(Optional.empty(), sensor.fault());
  }

  @Test
  void theProcessorShareCountsWaitingForTheDiskAsIdleAndGuestsOnce() {
    HostSensor sensor = open(HostMeasure.CPU);
    files.write("proc/stat", "cpu  1000 0 1000 10000 100 0 0 0 500 0\n");
    sensor.sample(NOW);

    files.write("proc/stat", "cpu  1100 0 1023 10570 400 3 3 1 550 0\n");

    // 130 of 1000 ticks: 100 user, 23 system, 3 + 3 interrupts, 1 stolen; 570 + 300 idle.
    assertEquals(List.of(good("cpu", "0.1300", "/")), sensor.sample(NOW));
  }

  @Test
  void aProcessorShareOfNoTimeHasNoValue() {
    HostSensor sensor = open(HostMeasure.CPU);
    sensor.sample(NOW);

    assertEquals(List.of(none("cpu", "/")), sensor.sample(NOW));
    assertTrue(sensor.fault().orElseThrow().contains("no processor time"));
  }

  @Test
  void aFallingCounterHasNoValueAndTheNextIntervalIsGoodAgain() {
    HostSensor sensor = open(HostMeasure.CPU);
    sensor.sample(NOW);

    files.write("proc/stat", "cpu  10 0 10 100 1 0 0 0 0 0\n");
    assertEquals(List.of(none("cpu", "/")), sensor.sample(NOW));

    files.write("proc/stat", "cpu  20 0 10 190 1 0 0 0 0 0\n");
    assertEquals(List.of(good("cpu", "0.1000", "/")), sensor.sample(NOW));
    assertEquals(Optional.empty(), sensor.fault());
  }

  @Test
  void sumsTheBytesOfInterfacesWithHardware() {
    assertEquals(
        List.of(good("network-in", "144615630", "B"), good("network-out", "704003", "B")),
        open(HostMeasure.NETWORK).sample(NOW));
  }

  @Test
  void sumsTheBytesOfTheInterfacesAskedForOnly() {
    HostSensor sensor = open(network("docker0", "wlan0"));

    assertEquals(
        List.of(good("network-in", "1555", "B"), good("network-out", "866", "B")),
        sensor.sample(NOW));
  }

  @Test
  void anInterfaceThatIsNotThereIsNamed() {
    HostSensor sensor = open(network("eth0", "wwan0"));

    assertEquals(List.of(none("network-in", "B"), none("network-out", "B")), sensor.sample(NOW));
    assertTrue(sensor.fault().orElseThrow().contains("[wwan0]"));
  }

  @Test
  void tellsTheTemperatureOfTheProcessor() {
    assertEquals(
        List.of(good("temperature", "45.277", "Cel")), open(HostMeasure.TEMPERATURE).sample(NOW));
  }

  @Test
  void tellsTheSpaceOnTheFileSystemOfAPath() {
    List<Reading> readings = open(disk(directory)).sample(NOW);

    assertEquals(List.of("disk-used", "disk-free"), readings.stream().map(Reading::name).toList());
    readings.forEach(
        reading -> assertTrue(reading.value().orElseThrow().signum() >= 0, reading.name()));
  }

  @Test
  void spaceOfAPathThatIsNotThereHasNoValue() {
    HostSensor sensor = open(disk(directory.resolve("gone")));

    assertEquals(List.of(none("disk-used", "B"), none("disk-free", "B")), sensor.sample(NOW));
    assertTrue(sensor.fault().orElseThrow().endsWith("gone: no such file"));
  }

  @Test
  void oneMissingFileLeavesTheOtherValues() throws IOException {
    HostSensor sensor = open(HostMeasure.MEMORY, HostMeasure.LOAD);
    files.delete("proc/meminfo");

    List<Reading> readings = sensor.sample(NOW);

    assertEquals(none("memory-available", "B"), readings.getFirst());
    assertEquals(good("load-1", "0.13", "count"), readings.get(1));
    assertTrue(sensor.fault().orElseThrow().endsWith("meminfo: no such file"));
  }

  @Test
  void aPrefixLeadsEveryName() {
    HostSettings plain = HostSettings.of("board", SECOND);
    HostSensor sensor =
        open(
            new HostSettings(
                "board",
                SECOND,
                "shed/",
                plain.measures(),
                List.of(),
                directory,
                Optional.empty()));

    assertEquals(
        List.of(
            "shed/cpu",
            "shed/memory-available",
            "shed/load-1",
            "shed/load-5",
            "shed/load-15",
            "shed/network-in",
            "shed/network-out",
            "shed/disk-used",
            "shed/disk-free",
            "shed/temperature"),
        sensor.readingNames());
    assertTrue(sensor.sample(NOW).stream().allMatch(r -> r.name().startsWith("shed/")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cpu",
        "cpu  1 2 3 4 5 6 7",
        "cpu0 1 2 3 4 5 6 7 8 9 10",
        "cpu  1 2 3 -4 5 6 7 8 9 10",
        "cpu  1 2 3 4x 5 6 7 8 9 10",
        "cpu  1 2 3 9999999999999999999 5 6 7 8 9 10",
      })
  void aStatOfAnotherFormHasNoValue(String line) {
    files.write("proc/stat", line + "\n");

    assertEquals(List.of(none("cpu", "/")), open(HostMeasure.CPU).sample(NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MemFree: 1 kB",
        "MemAvailable: 12 MB",
        "MemAvailable: kB",
        "MemAvailable: -1 kB",
        "MemAvailable: 9999999999999999 kB",
        "XMemAvailable: 1 kB",
      })
  void aMeminfoOfAnotherFormHasNoValue(String line) {
    files.write("proc/meminfo", line + "\n");

    assertEquals(List.of(none("memory-available", "B")), open(HostMeasure.MEMORY).sample(NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0.13 0.26", "0.1 0.2 0.3 1/2 3", "0.13 nan 0.15 2/93 7402", "1e9 0.26 0.15"})
  void aLoadavgOfAnotherFormHasNoValue(String line) {
    files.write("proc/loadavg", line + "\n");

    assertEquals(none("load-1", "count"), open(HostMeasure.LOAD).sample(NOW).getFirst());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Inter-| x\n face |bytes\n eth0 1 2 3\n",
        "Inter-| x\n face |bytes\n eth0: 1 2 3\n",
        "Inter-| x\n face |bytes\n eth0: 1 2 3 4 5 6 7 8 -9 10 11 12 13 14 15 16\n",
        "other\n face |bytes\n eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n",
      })
  void aNetDevOfAnotherFormHasNoValue(String content) {
    files.write("proc/net/dev", content);

    assertEquals(none("network-in", "B"), open(HostMeasure.NETWORK).sample(NOW).getFirst());
  }

  @Test
  void aFileLargerThanTheBoundHasNoValue() {
    files.write("proc/meminfo", "MemAvailable: 1 kB\n".repeat(4_000));

    HostSensor sensor = open(HostMeasure.MEMORY);

    assertEquals(List.of(none("memory-available", "B")), sensor.sample(NOW));
    assertTrue(sensor.fault().orElseThrow().contains("longer than"));
  }

  private HostSensor open(HostSettings settings) {
    return HostSensor.open(settings, files.roots());
  }

  private HostSensor open(HostMeasure... measures) {
    return open(settings(Set.of(measures), List.of(), directory));
  }

  private HostSettings network(String... interfaces) {
    return settings(Set.of(HostMeasure.NETWORK), List.of(interfaces), directory);
  }

  private static HostSettings disk(Path path) {
    return settings(Set.of(HostMeasure.DISK), List.of(), path);
  }

  private static HostSettings settings(
      Set<HostMeasure> measures, List<String> interfaces, Path disk) {
    return new HostSettings("board", SECOND, "", measures, interfaces, disk, Optional.empty());
  }

  private static Reading good(String name, String value, String unit) {
    return new Reading(
        name, NOW.toEpochMilli(), Optional.of(new BigDecimal(value)), unit, Quality.GOOD);
  }

  private static Reading none(String name, String unit) {
    return new Reading(name, NOW.toEpochMilli(), Optional.empty(), unit, Quality.NO_VALUE);
  }
}
