package dev.telltale.platform.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a value must look like.
 *
 * @param expected for the error line
 * @param reading the value, or nothing if it does not look so
 */
record Shape<T>(String expected, Function<Object, Optional<T>> reading) {

  static Shape<String> text() {
    return new Shape<>("text in quotes", value -> text(value).filter(t -> !t.isEmpty()));
  }

  static Shape<Boolean> bool() {
    return new Shape<>("true or false", value -> cast(Boolean.class, value));
  }

  static Shape<Long> integer(long least, long most) {
    return new Shape<>(
        "a whole number from " + least + " to " + most,
        value -> cast(Long.class, value).filter(n -> n >= least && n <= most));
  }

  static Shape<BigDecimal> decimal() {
    return new Shape<>(
        "a number",
        value ->
            value instanceof Long whole
                ? Optional.of(BigDecimal.valueOf(whole))
                : cast(BigDecimal.class, value));
  }

  static Shape<Duration> duration(Duration least, Duration most) {
    return new Shape<>(
        Units.DURATION + ", from " + Units.show(least) + " to " + Units.show(most),
        value ->
            text(value)
                .flatMap(Units::duration)
                .filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0));
  }

  static Shape<Long> size(long least, long most) {
    return new Shape<>(
        Units.SIZE + ", from " + Units.show(least) + " to " + Units.show(most),
        value -> text(value).flatMap(Units::size).filter(n -> n >= least && n <= most));
  }

  static <E extends Enum<E>> Shape<E> choice(Class<E> type) {
    Map<String, E> choices = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      choices.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    String allowed =
        choices.keySet().stream().map(c -> "\"" + c + "\"").collect(Collectors.joining(" or "));
    return new Shape<>(
        allowed, value -> text(value).flatMap(t -> Optional.ofNullable(choices.get(t))));
  }

  static Shape<Path> path() {
    return new Shape<>(
        "an absolute path in quotes",
        value ->
            text(value)
                .filter(t -> t.startsWith("/") && t.indexOf('\0') < 0)
                .map(Path::of)
                .filter(Path::isAbsolute));
  }

  static Shape<List<String>> texts() {
    return new Shape<>(
        "an array of texts, as [\"a\", \"b\"]",
        value ->
            value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                ? Optional.of(list.stream().map(String.class::cast).toList())
                : Optional.empty());
  }

  private static Optional<String> text(Object value) {
    return cast(String.class, value);
  }

  private static <T> Optional<T> cast(Class<T> type, Object value) {
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }
}
