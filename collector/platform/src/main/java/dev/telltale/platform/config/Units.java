package dev.telltale.platform.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as they are written: a whole number and its unit, without a space. */
final class Units {
  static final String DURATION = "a whole number with ms, s, m, h or d, as \"90s\"";
  static final String SIZE = "a whole number with B, KiB, MiB, GiB or TiB, as \"64MiB\"";

  private static final Pattern FORM = Pattern.compile("([0-9]{1,15})([A-Za-z]{1,3})");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

  private Units() {}

  static Optional<Duration> duration(String text) {
    return scaled(text, MILLIS).map(Duration::ofMillis);
  }

  static Optional<Long> size(String text) {
    return scaled(text, BYTES);
  }

  /** In the largest unit that leaves a whole number. */
  static String show(Duration duration) {
    return show(duration.toMillis(), MILLIS);
  }

  static String show(long bytes) {
    return show(bytes, BYTES);
  }

  private static Optional<Long> scaled(String text, Map<String, Long> units) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    Long unit = units.get(form.group(2));
    long high = unit == null ? 0 : Math.multiplyHigh(Long.parseLong(form.group(1)), unit);
    long product = unit == null ? -1 : Long.parseLong(form.group(1)) * unit;
    return high == 0 && product >= 0 ? Optional.of(product) : Optional.empty();
  }

  private static String show(long amount, Map<String, Long> units) {
    return units.entrySet().stream()
        .filter(unit -> amount % unit.getValue() == 0)
        .max(Map.Entry.comparingByValue())
        .map(unit -> amount / unit.getValue() + unit.getKey())
        .orElseThrow();
  }
}
