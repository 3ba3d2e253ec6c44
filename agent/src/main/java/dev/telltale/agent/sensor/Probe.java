package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Quality;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/** One aspect of the machine. Used by one thread. */
interface Probe {
  /** What {@link #measure} may tell. */
  List<Quantity> quantities();

  /**
   * @return fewer than the quantities while there is nothing to tell yet
   * @throws IOException none of the quantities can be had now; the message is one line
   */
  List<Measured> measure() throws IOException;

  /** A value of a quantity. */
  record Measured(Quantity quantity, BigDecimal value, Quality quality) {
    static Measured good(Quantity quantity, BigDecimal value) {
      return new Measured(quantity, value, Quality.GOOD);
    }

    static Measured good(Quantity quantity, long value) {
      return good(quantity, BigDecimal.valueOf(value));
    }
  }
}
