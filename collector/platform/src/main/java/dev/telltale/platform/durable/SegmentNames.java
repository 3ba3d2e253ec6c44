package dev.telltale.platform.durable;

import java.util.OptionalLong;

/** File names of a log: the position of the first byte in 19 digits, and what the file is. */
final class SegmentNames {
  private static final int DIGITS = 19;
  private static final String SEGMENT = ".seg";
  private static final String ASIDE = ".bad";
  private static final String UNFINISHED = ".tmp";

  private SegmentNames() {}

  static String segment(long base) {
    return digits(base) + SEGMENT;
  }

  static String aside(long base) {
    return digits(base) + ASIDE;
  }

  static String unfinished(long base) {
    return digits(base) + UNFINISHED;
  }

  static OptionalLong baseOfSegment(String name) {
    return base(name, SEGMENT);
  }

  static OptionalLong baseOfAside(String name) {
    return base(name, ASIDE);
  }

  static boolean isUnfinished(String name) {
    return base(name, UNFINISHED).isPresent();
  }

  private static String digits(long base) {
    String digits = Long.toString(base);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  private static OptionalLong base(String name, String ending) {
    if (name.length() != DIGITS + ending.length() || !name.endsWith(ending)) {
      return OptionalLong.empty();
    }
    String digits = name.substring(0, DIGITS);
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
