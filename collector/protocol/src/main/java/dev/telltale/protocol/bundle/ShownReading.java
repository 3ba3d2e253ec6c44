package dev.telltale.protocol.bundle;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.List;

/**
 * One reading revealed: its key opens it and nothing else, and its place in both trees says that it
 * is the one the device committed to.
 *
 * @param item position in the envelope, from 0
 * @param key of this reading alone
 */
public record ShownReading(
    int item, Bytes ciphertext, Bytes key, List<Digest> ciphertextPath, List<Digest> keyPath) {
  private static final int KEY = 32;

  public ShownReading {
    ciphertextPath = List.copyOf(ciphertextPath);
    keyPath = List.copyOf(keyPath);
    if (item < 0 || item >= Limits.READINGS_PER_ENVELOPE || key.length() != KEY) {
      throw new IllegalArgumentException("item or key out of bounds");
    }
  }

  void write(CborWriter out) {
    out.array(5).uint(item).bytes(ciphertext).bytes(key);
    Paths.write(out, ciphertextPath);
    Paths.write(out, keyPath);
  }

  static ShownReading read(CborReader in) throws MalformedException {
    in.array(5, 5);
    return new ShownReading(
        (int) in.uint(0, Limits.READINGS_PER_ENVELOPE - 1),
        in.bytes(1, Limits.CIPHERTEXT),
        in.bytes(KEY),
        Paths.read(in),
        Paths.read(in));
  }
}
