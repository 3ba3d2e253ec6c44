package dev.telltale.collector.commit;

import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.tpm.PcrValues;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest refusal of each enrolled device since its last commit: what an operator asks about.
 * Nothing is decided by it, and a restart may forget it.
 */
public final class Refusals {

  /**
   * Why a device waits.
   *
   * @param values registers of evidence that was genuine and only not accepted; empty otherwise
   */
  public record Waiting(Refused why, long since, Optional<PcrValues> values) {}

  private final Map<DeviceId, Waiting> waiting = new ConcurrentHashMap<>();

  public Optional<Waiting> of(DeviceId device) {
    return Optional.ofNullable(waiting.get(device));
  }

  void refused(DeviceId device, Refused why, long now, Optional<PcrValues> values) {
    waiting.merge(
        device,
        new Waiting(why, now, values),
        (before, after) ->
            before.why.check() == why.check()
                ? new Waiting(why, before.since, after.values)
                : after);
  }

  void committed(DeviceId device) {
    waiting.remove(device);
  }
}
