package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.reading.Reading;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The machine the tests run on. */
@EnabledOnOs(OS.LINUX)
class LiveHostTest {
  @Test
  void thisMachineShowsPlausibleValues() throws Exception {
    List<Sensor> sensors = Sensors.open(List.of(HostSettings.of("board", Duration.ofMillis(200))));
    BlockingQueue<Reading> taken = new LinkedBlockingQueue<>();
    Map<String, BigDecimal> values = new HashMap<>();

    try (SensorLoop loop = SensorLoop.start(sensors, taken::add, InstantSource.system())) {
      while (!values.containsKey("cpu")) {
        Reading reading = Optional.ofNullable(taken.poll(20, TimeUnit.SECONDS)).orElseThrow();
        reading.value().ifPresent(value -> values.put(reading.name(), value));
      }
      assertEquals(Optional.empty(), loop.status().getFirst().fault());
    }

    assertTrue(value(values, "cpu").compareTo(BigDecimal.ONE) <= 0, values.toString());
    assertTrue(value(values, "memory-available").signum() > 0, values.toString());
    assertTrue(value(values, "disk-free").signum() > 0, values.toString());
    assertEquals(2, value(values, "load-1").scale(), values.toString());
  }

  private static BigDecimal value(Map<String, BigDecimal> values, String name) {
    return Optional.ofNullable(values.get(name)).orElseThrow();
  }
}
