package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import java.io.ByteArrayOutputStream;

/** Writes the canonical big-endian form of TPM structures. */
final class TpmWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  TpmWriter u8(int value) {
    return number(value, 1);
  }

  TpmWriter u16(int value) {
    return number(value, 2);
  }

  TpmWriter u32(long value) {
    return number(value, 4);
  }

  TpmWriter sized(Bytes value) {
    return u16(value.length()).raw(value);
  }

  TpmWriter raw(Bytes value) {
    out.writeBytes(value.toArray());
    return this;
  }

  Bytes toBytes() {
    return Bytes.of(out.toByteArray());
  }

  private TpmWriter number(long value, int width) {
    if (value < 0 || value >>> (width * Byte.SIZE) != 0) {
      throw new IllegalArgumentException(value + " does not fit " + width + " bytes");
    }
    for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out.write((int) (value >>> shift));
    }
    return this;
  }
}
