package dev.telltale.agent.tpm.tss;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads what a TPM answered, within bounds; TSS.Java would believe any count and any length. */
final class ResponseReader {
  private final ByteBuffer in;

  ResponseReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  @FunctionalInterface
  private interface Read<T> {
    T from(ByteBuffer in);
  }

  /** One element of a list. */
  @FunctionalInterface
  interface Element<T> {
    T read(ResponseReader in) throws TpmException;
  }

  int u8() throws TpmException {
    return get(b -> Byte.toUnsignedInt(b.get()));
  }

  int u16() throws TpmException {
    return get(b -> Short.toUnsignedInt(b.getShort()));
  }

  /** All 32 bits, as handles and codes have them. */
  int u32() throws TpmException {
    return get(ByteBuffer::getInt);
  }

  Bytes raw(int count) throws TpmException {
    byte[] bytes = new byte[Math.clamp(count, 0, in.remaining())];
    if (bytes.length != count) {
      throw malformed("a field of " + count + " bytes where " + in.remaining() + " are left");
    }
    in.get(bytes);
    return Bytes.of(bytes);
  }

  /** A TPM2B. */
  Bytes sized(int most) throws TpmException {
    int length = u16();
    if (length > most) {
      throw malformed("a field of " + length + " bytes, at most " + most + " expected");
    }
    return raw(length);
  }

  /** A TPML. */
  <T> List<T> list(int most, Element<T> element) throws TpmException {
    int count = u32();
    if (count < 0 || count > most) {
      throw malformed("a list of " + Integer.toUnsignedString(count) + " elements");
    }
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(element.read(this));
    }
    return elements;
  }

  Bytes rest() throws TpmException {
    return raw(in.remaining());
  }

  void end() throws TpmException {
    if (in.hasRemaining()) {
      throw malformed(in.remaining() + " bytes after the end");
    }
  }

  static TpmException malformed(String detail) {
    return new TpmException.Malformed("TPM answered with " + detail);
  }

  private <T> T get(Read<T> read) throws TpmException {
    try {
      return read.from(in);
    } catch (BufferUnderflowException e) {
      throw malformed("less than it announced");
    }
  }
}
