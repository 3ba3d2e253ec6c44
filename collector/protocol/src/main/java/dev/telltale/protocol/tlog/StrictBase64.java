package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import java.util.Base64;
import java.util.Optional;

/**
 * The standard alphabet with padding (RFC 4648 section 4), in its one canonical spelling: Java's
 * decoder alone lets missing padding and stray bits pass, and one note would have several texts.
 */
final class StrictBase64 {
  private StrictBase64() {}

  static Optional<Bytes> decode(String text) {
    try {
      Bytes decoded = Bytes.of(Base64.getDecoder().decode(text));
      return encode(decoded).equals(text) ? Optional.of(decoded) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String encode(Bytes value) {
    return Base64.getEncoder().encodeToString(value.toArray());
  }
}
