package dev.telltale.protocol.cbor;

import dev.telltale.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes deterministic CBOR: shortest heads, definite lengths. The caller writes map keys in
 * ascending order of their encoding; every codec is held to that by reading back what it wrote.
 */
public final class CborWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public CborWriter array(int elements) {
    return head(4, elements);
  }

  public CborWriter map(int entries) {
    return head(5, entries);
  }

  public CborWriter tag(long number) {
    return head(6, number);
  }

  public CborWriter uint(long value) {
    return head(0, value);
  }

  public CborWriter integer(long value) {
    return value >= 0 ? head(0, value) : head(1, -1 - value);
  }

  public CborWriter bytes(Bytes value) {
    head(2, value.length());
    out.writeBytes(value.toArray());
    return this;
  }

  /** Text as the reader takes it: without control characters and halves of surrogate pairs. */
  public CborWriter text(String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("text has a control character");
    }
    byte[] utf8 = Bytes.utf8(value).toArray();
    if (!new String(utf8, StandardCharsets.UTF_8).equals(value)) {
      throw new IllegalArgumentException("text is not Unicode");
    }
    head(3, utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  /** An item that is already encoded. */
  public CborWriter encoded(Bytes item) {
    out.writeBytes(item.toArray());
    return this;
  }

  public Bytes toBytes() {
    return Bytes.of(out.toByteArray());
  }

  private CborWriter head(int major, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    int width =
        value < 24 ? 0 : value < 1L << 8 ? 1 : value < 1L << 16 ? 2 : value < 1L << 32 ? 4 : 8;
    int info = width == 0 ? (int) value : 24 + Integer.numberOfTrailingZeros(width);
    out.write((major << 5) | info);
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
    return this;
  }
}
