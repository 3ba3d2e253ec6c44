package dev.telltale.protocol.cbor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;

/** Reads any item the rules allow, without a format of its own, and writes it again. */
public final class AnyItem {
  private AnyItem() {}

  public static Bytes roundTrip(Bytes encoded) throws MalformedException {
    CborReader reader = new CborReader(encoded);
    CborWriter writer = new CborWriter();
    copy(reader, writer);
    reader.end();
    return writer.toBytes();
  }

  private static void copy(CborReader reader, CborWriter writer) throws MalformedException {
    switch (reader.peek()) {
      // No item at large may have a tag, and nothing is of the last kind: the reader must say so.
      case UINT, TAG, OTHER -> writer.uint(reader.uint());
      case NEGATIVE -> writer.integer(reader.integer());
      case BYTES -> writer.bytes(reader.bytes(0, Limits.MESSAGE));
      case TEXT -> writer.text(reader.text(Limits.MESSAGE));
      case ARRAY -> {
        int elements = reader.array(0, Limits.ELEMENTS);
        writer.array(elements);
        copy(reader, writer, elements);
      }
      case MAP -> {
        int entries = reader.map(0, Limits.ELEMENTS);
        writer.map(entries);
        copy(reader, writer, 2 * entries);
      }
    }
  }

  private static void copy(CborReader reader, CborWriter writer, int items)
      throws MalformedException {
    for (int i = 0; i < items; i++) {
      copy(reader, writer);
    }
  }
}
