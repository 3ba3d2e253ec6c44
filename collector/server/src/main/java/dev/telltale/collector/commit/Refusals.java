package dev.telltale.collector.commit;

import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.tpm.PcrValues;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Why each enrolled device waits since its last commit: what an operator asks about. Of several
 * envelopes in flight the first refused one is the cause and the others follow from it. Nothing is
 * decided by this, and a restart may forget it.
 */
public final class Refusals {

  /**
   * Why a device waits.
   *
   * @param sequence of the envelope; the largest number where none could be read
   * @param values registers of evidence that was genuine and only not accepted; empty otherwise
   */
  public record Waiting(Refused why, long sequence, long since, Optional<PcrValues> values) {}

  private final Map<DeviceId, Waiting> waiting = new ConcurrentHashMap<>();

  public Optional<Waiting> of(DeviceId device) {
    return Optional.ofNullable(waiting.get(device));
  }

  void refused(DeviceId device, Waiting refusal) {
    waiting.merge(
        device,
        refusal,
        (before, after) -> {
          if (before.sequence < after.sequence) {
            return before;
          }
          long since = before.why.check() == after.why.check() ? before.since : after.since;
          return new Waiting(after.why, after.sequence, since, after.values);
        });
  }

  void committed(DeviceId device) {
    waiting.remove(device);
  }
}
