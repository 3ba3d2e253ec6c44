package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Reading;
import java.io.IOException;

/** Where readings go. May block, which slows the sensor that is asking and no other. */
@FunctionalInterface
public interface ReadingSink {
  /**
   * Called by the threads of all sensors at once.
   *
   * @throws IOException the reading was not taken; it is counted, and the sensor goes on
   */
  void accept(Reading reading) throws IOException;
}
