package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A sensor that does as told at each sample. */
final class FakeSensor implements Sensor {
  private final String name;
  private final Duration every;
  private final Function<Instant, List<Reading>> behaviour;
  final CountDownLatch closed = new CountDownLatch(1);

  FakeSensor(String name, Duration every, Function<Instant, List<Reading>> behaviour) {
    this.name = name;
    this.every = every;
    this.behaviour = behaviour;
  }

  static FakeSensor counting(String name, Duration every) {
    return new FakeSensor(name, every, at -> List.of(one(name, at)));
  }

  static Reading one(String name, Instant at) {
    return Readings.valued(new Quantity(name, "count"), at, BigDecimal.ONE, Quality.GOOD);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> readingNames() {
    return List.of(name);
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public List<Reading> sample(Instant at) {
    return behaviour.apply(at);
  }

  @Override
  public Optional<String> fault() {
    return Optional.empty();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
