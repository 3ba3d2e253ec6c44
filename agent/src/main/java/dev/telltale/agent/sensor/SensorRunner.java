package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Reading;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The life of one sensor, on its own thread. */
final class SensorRunner implements Runnable {
  private static final System.Logger LOG = System.getLogger(SensorRunner.class.getName());

  /** One line a minute is enough to say that a sensor is broken. */
  private static final long SILENCE = Duration.ofMinutes(1).toNanos();

  /** What cannot work now is tried again, but not at full speed. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Sensor sensor;
  private final ReadingSink sink;
  private final InstantSource clock;
  private final CountDownLatch stop;
  private final CountDownLatch ended = new CountDownLatch(1);

  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong withoutValue = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /** Written by the sensor's thread, read by any: a failure that the driver does not know of. */
  private volatile Optional<String> trouble = Optional.empty();

  private Optional<Long> lastLogged = Optional.empty();

  /**
   * @param stop opened when no further sample is wanted
   */
  SensorRunner(Sensor sensor, ReadingSink sink, InstantSource clock, CountDownLatch stop) {
    this.sensor = sensor;
    this.sink = sink;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public void run() {
    try {
      Schedule schedule = new Schedule(System.nanoTime());
      while (!stop.await(schedule.remaining(System.nanoTime()), TimeUnit.NANOSECONDS)) {
        Duration pause = once();
        if (sensor.finished()) {
          return;
        }
        schedule.advance(pause, System.nanoTime());
      }
    } catch (InterruptedException e) {
      // Nobody interrupts a sensor: a sink that writes a file would lose its channel by it.
      Thread.currentThread().interrupt();
    } finally {
      sensor.close();
      ended.countDown();
    }
  }

  /** One sample, handed on; the time to the next. */
  private Duration once() {
    try {
      Instant now = clock.instant();
      if (now.toEpochMilli() < Reading.EARLIEST) {
        // A board without a battery starts in 1970; a reading of then would be a false claim.
        return pause("the clock of this machine is not set: wait for it, or set it");
      }
      trouble = Optional.empty();
      deliver(sensor.sample(now));
      report();
      return sensor.every();
    } catch (RuntimeException e) {
      // A bug in a driver or in the sink ends this sample and nothing else.
      return pause("a fault of this program: " + e);
    }
  }

  private Duration pause(String why) {
    trouble = Optional.of(why);
    report();
    return PAUSE;
  }

  private void deliver(List<Reading> readings) {
    for (Reading reading : readings) {
      if (stop.getCount() == 0) {
        return;
      }
      try {
        sink.accept(reading);
        taken.incrementAndGet();
        withoutValue.addAndGet(reading.value().isEmpty() ? 1 : 0);
      } catch (IOException e) {
        refused.incrementAndGet();
        trouble = Optional.of("reading not taken: " + KernelText.explain(e));
      }
    }
  }

  private Optional<String> fault() {
    return trouble.or(sensor::fault);
  }

  private void report() {
    Optional<String> fault = fault();
    long now = System.nanoTime();
    boolean silent = lastLogged.isPresent() && now - lastLogged.get() < SILENCE;
    if (fault.isPresent() && !silent) {
      lastLogged = Optional.of(now);
      LOG.log(Level.WARNING, "sensor.fault sensor={0} fault={1}", sensor.name(), fault.get());
    }
  }

  SensorStatus status() {
    return new SensorStatus(
        sensor.name(),
        taken.get(),
        withoutValue.get(),
        refused.get(),
        fault(),
        ended.getCount() == 0);
  }

  /** False if the sensor is still at work after so long. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }
}
