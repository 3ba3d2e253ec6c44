package dev.telltale.agent.sensor;

import dev.telltale.protocol.reading.Reading;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Decimal numbers as texts, and as a reading can carry them. */
final class Decimals {
  /** Longer than any number a sensor means; bounds the work of a conversion. */
  private static final int MAX_LENGTH = 40;

  /** Of the mantissa, besides its sign. */
  private static final int MAX_BITS = 63;

  /** No spaces, no leading plus, no thousands, no infinities; an exponent of two digits. */
  private static final Pattern FORM =
      Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?");

  private Decimals() {}

  /** The number the text is, with the decimals it is written with; empty if it is none. */
  static Optional<BigDecimal> parse(String text) {
    return text.length() <= MAX_LENGTH && FORM.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /**
   * The value in the form a reading carries, equal to it unless decimals are given; empty if there
   * is no such form.
   */
  static Optional<BigDecimal> carried(BigDecimal value, OptionalInt decimals) {
    BigDecimal carried = value;
    if (decimals.isPresent() && value.scale() > decimals.getAsInt()) {
      carried = value.setScale(decimals.getAsInt(), RoundingMode.HALF_EVEN);
    } else if (value.scale() < 0) {
      carried = value.setScale(0);
    } else if (value.scale() > Reading.MAX_SCALE) {
      BigDecimal shorter = value.stripTrailingZeros();
      carried = shorter.scale() < 0 ? shorter.setScale(0) : shorter;
    }
    return carried.scale() <= Reading.MAX_SCALE && fits(carried.unscaledValue())
        ? Optional.of(carried)
        : Optional.empty();
  }

  private static boolean fits(BigInteger mantissa) {
    return mantissa.bitLength() <= MAX_BITS;
  }
}
