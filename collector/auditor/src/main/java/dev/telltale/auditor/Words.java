package dev.telltale.auditor;

import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Reason;
import dev.telltale.protocol.reading.Quality;
import java.time.Instant;
import java.util.Locale;

/** How the report writes numbers, times and what it says in several places. */
final class Words {
  private Words() {}

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  static String endorsement(Grade grade) {
    return switch (grade) {
      case MANUFACTURER -> "EK certificate chains to an ek-root, a manufacturer's";
      case SIMULATION -> "EK certificate chains to a sim-root: a simulated TPM";
      case LISTED -> "EK on the operator's list, no certificate checked";
      case APPROVED -> "EK approved by the operator, no certificate checked";
    };
  }

  static String reason(Reason why) {
    return why.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String quality(Quality quality) {
    return quality.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Text of others can hold characters that move or hide what is printed around it. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().map(point -> moves(point) ? '?' : point).forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static boolean moves(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
