package dev.telltale.agent.sensor;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Asks every sensor on time, each on a virtual thread of its own, and hands what they show to the
 * sink. What one sensor does (blocks, fails, has a bug) is not felt by another.
 */
public final class SensorLoop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(900);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<SensorRunner> runners;

  private SensorLoop(List<Sensor> sensors, ReadingSink sink, InstantSource clock) {
    this.runners =
        sensors.stream().map(sensor -> new SensorRunner(sensor, sink, clock, stop)).toList();
  }

  /** The first samples are taken at once. The sensors belong to the loop, which closes them. */
  public static SensorLoop start(List<Sensor> sensors, ReadingSink sink, InstantSource clock) {
    SensorLoop loop = new SensorLoop(sensors, sink, clock);
    for (SensorRunner runner : loop.runners) {
      Thread.ofVirtual().name("sensor " + runner.status().name()).start(runner);
    }
    return loop;
  }

  /** In the order of the sensors. */
  public List<SensorStatus> status() {
    return runners.stream().map(SensorRunner::status).toList();
  }

  /**
   * Waits until every sensor has ended by itself, as replays do.
   *
   * @return false if one had not after this time
   */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (SensorRunner runner : runners) {
      if (!runner.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()))) {
        return false;
      }
    }
    return true;
  }

  /**
   * No sample begins after this; returns within a second. No thread is interrupted.
   *
   * @return false if a driver or the sink still holds a thread; it ends as soon as it is let go
   */
  public boolean stop() {
    stop.countDown();
    try {
      return awaitEnd(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
