package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;

/** A coordinate or signature half of P-256: some TPMs strip leading zeros, readers pad. */
final class P256Number {
  private static final int LENGTH = 32;

  private P256Number() {}

  static Bytes read(TpmReader in) throws MalformedException {
    Bytes value = in.sized(1, LENGTH);
    return Bytes.concat(Bytes.of(new byte[LENGTH - value.length()]), value);
  }
}
