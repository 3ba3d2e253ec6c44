package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One source of readings. {@link #sample}, {@link #every}, {@link #finished} and {@link #close} are
 * called by one thread only, the sensor's own; the rest may be asked from anywhere.
 */
public interface Sensor extends AutoCloseable {
  /** As in the configuration: {@code [sensor.NAME]}. */
  String name();

  /** Every name this sensor may put on a reading; the same for as long as it lives. */
  List<String> readingNames();

  /**
   * The time from one sample to the next, asked after each sample because a driver may want more of
   * it while its source is broken. Zero: as fast as the readings are taken.
   */
  Duration every();

  /**
   * What the sensor shows, as readings of this one instant. What cannot be had is a reading of
   * quality "no value" and a {@link #fault}; an empty list means that there is nothing to say yet
   * or any more.
   */
  List<Reading> sample(Instant at);

  /** Why the last sample has readings without a value: one line that says what to do. */
  Optional<String> fault();

  /** No further sample will have readings. */
  default boolean finished() {
    return false;
  }

  @Override
  default void close() {}
}
