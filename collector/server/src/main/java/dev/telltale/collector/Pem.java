package dev.telltale.collector;

import dev.telltale.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Textual encoding of one DER object (RFC 7468). */
final class Pem {
  static final String PRIVATE_KEY = "PRIVATE KEY";
  static final String CERTIFICATE = "CERTIFICATE";

  private static final int COLUMNS = 64;

  private Pem() {}

  static byte[] encode(String label, Bytes der) {
    String body = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(der.toArray());
    return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Exactly one object of this label and nothing else. */
  static Bytes decode(String label, byte[] pem) {
    String text = new String(pem, StandardCharsets.US_ASCII).strip();
    String head = "-----BEGIN " + label + "-----";
    String foot = "-----END " + label + "-----";
    if (!text.startsWith(head)
        || !text.endsWith(foot)
        || text.length() < head.length() + foot.length()) {
      throw new IllegalArgumentException("not one PEM " + label);
    }
    String body = text.substring(head.length(), text.length() - foot.length());
    return Bytes.of(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
  }
}
