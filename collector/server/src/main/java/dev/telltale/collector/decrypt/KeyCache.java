package dev.telltale.collector.decrypt;

import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.ContentSecret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Content secrets that unwrapped, so that a device costs one curve operation per secret and not one
 * per envelope. Successes only: what fails is cheap to fail again, and remembering it would let a
 * stranger fill the cache. Few for each device, and the least recently used goes first.
 */
final class KeyCache {
  private static final int DEVICES = 65_536;
  private static final int PER_DEVICE = 4;

  /** What a secret was wrapped as, and for whom. */
  record Wrapping(Digest ekey, Digest recipientSet) {}

  private final Map<DeviceId, Map<Wrapping, ContentSecret>> devices = bounded(DEVICES);

  synchronized Optional<ContentSecret> get(DeviceId device, Wrapping wrapping) {
    Map<Wrapping, ContentSecret> secrets = devices.get(device);
    return secrets == null ? Optional.empty() : Optional.ofNullable(secrets.get(wrapping));
  }

  synchronized void put(DeviceId device, Wrapping wrapping, ContentSecret secret) {
    devices.computeIfAbsent(device, _ -> bounded(PER_DEVICE)).put(wrapping, secret);
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
