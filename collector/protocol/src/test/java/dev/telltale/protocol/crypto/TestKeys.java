package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;

/** Keys that vectors fix. */
public final class TestKeys {
  private TestKeys() {}

  /** The PKCS#8 form of a scalar and its point, spelt out from RFC 5208 and RFC 5915. */
  public static Bytes pkcs8(Bytes scalar, Bytes point) {
    return Bytes.concat(
        Bytes.hex("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420"),
        scalar,
        Bytes.hex("a144034200"),
        point);
  }
}
