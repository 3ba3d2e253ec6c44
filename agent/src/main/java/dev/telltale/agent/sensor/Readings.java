package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Quantities at an instant. */
final class Readings {
  private Readings() {}

  static Reading valued(Quantity quantity, Instant at, BigDecimal value, Quality quality) {
    return new Reading(
        quantity.name(), at.toEpochMilli(), Optional.of(value), quantity.unit(), quality);
  }

  static Reading withoutValue(Quantity quantity, Instant at) {
    return new Reading(
        quantity.name(), at.toEpochMilli(), Optional.empty(), quantity.unit(), Quality.NO_VALUE);
  }
}
