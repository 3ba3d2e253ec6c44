package dev.telltale.protocol;

import java.util.Optional;

/** Sixteen random bytes; 32 lower-case hexadecimal digits in topics, files and messages. */
public record DeviceId(Bytes value) implements Comparable<DeviceId> {
  public static final int LENGTH = 16;

  public DeviceId {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("a device id has 16 bytes, not " + value.length());
    }
  }

  /** Empty unless the text is exactly 32 lower-case hexadecimal digits. */
  public static Optional<DeviceId> parse(String text) {
    return text.matches("[0-9a-f]{32}")
        ? Optional.of(new DeviceId(Bytes.hex(text)))
        : Optional.empty();
  }

  @Override
  public int compareTo(DeviceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toHex();
  }
}
