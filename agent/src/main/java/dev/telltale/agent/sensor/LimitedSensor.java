package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A sensor that ends after so many readings: for trials that have to come to an end. */
public final class LimitedSensor implements Sensor {
  private final Sensor sensor;
  private long left;

  /** After so many readings, at least one. */
  public LimitedSensor(Sensor sensor, long readings) {
    if (readings < 1) {
      throw new IllegalArgumentException("stop-after: at least 1");
    }
    this.sensor = sensor;
    this.left = readings;
  }

  @Override
  public String name() {
    return sensor.name();
  }

  @Override
  public List<String> readingNames() {
    return sensor.readingNames();
  }

  @Override
  public Duration every() {
    return sensor.every();
  }

  @Override
  public List<Reading> sample(Instant at) {
    if (left == 0) {
      return List.of();
    }
    List<Reading> readings = sensor.sample(at);
    List<Reading> taken = readings.subList(0, (int) Math.min(readings.size(), left));
    left -= taken.size();
    return List.copyOf(taken);
  }

  @Override
  public Optional<String> fault() {
    return sensor.fault();
  }

  @Override
  public boolean finished() {
    return left == 0 || sensor.finished();
  }

  @Override
  public void close() {
    sensor.close();
  }
}
