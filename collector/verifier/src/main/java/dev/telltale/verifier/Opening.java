package dev.telltale.verifier;

import dev.telltale.protocol.reading.Reading;
import java.util.List;
import java.util.Optional;

/**
 * The readings of an envelope, in order; empty where a ciphertext opens to no valid reading, which
 * is one bad driver and no reason to stop a device.
 */
public record Opening(List<Optional<Reading>> readings) {
  public Opening {
    readings = List.copyOf(readings);
  }

  public boolean complete() {
    return readings.stream().allMatch(Optional::isPresent);
  }
}
