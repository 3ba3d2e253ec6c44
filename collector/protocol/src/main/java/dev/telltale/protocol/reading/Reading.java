package dev.telltale.protocol.reading;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborWriter;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One sensor, one instant, one value: a SenML pack (RFC 8428) of one record. Values are exact;
 * their scale is the resolution and survives, trailing zeros included. The unit may be empty.
 *
 * <p>Times are absolute: below 2^28 seconds SenML reads a time as relative to now (section 4.5.3),
 * which nobody could check later.
 */
public record Reading(
    String name, long timeMillis, Optional<BigDecimal> value, String unit, Quality quality) {
  public static final long EARLIEST = (1L << 28) * 1_000;
  public static final int MAX_NAME = 64;
  public static final int MAX_UNIT = 16;
  public static final int MAX_SCALE = 12;

  static final int KEY_NAME = 0;
  static final int KEY_UNIT = 1;
  static final int KEY_VALUE = 2;
  static final int KEY_TIME = 6;
  static final String KEY_QUALITY = "q";
  static final int DECIMAL = 4;
  static final int MILLIS = -3;

  /** Digits of 2^63: a mantissa with more cannot fit, whatever its scale. */
  private static final int MAX_DIGITS = 19;

  /** RFC 8428 section 4.5.1. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:./_-]{0,63}");

  /** The registry's units are visible ASCII; none has a blank. */
  private static final Pattern UNIT = Pattern.compile("[!-~]{0,16}");

  public Reading {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a SenML name: " + name);
    }
    if (!isUnit(unit)) {
      throw new IllegalArgumentException("not a unit: " + unit);
    }
    if (timeMillis < EARLIEST) {
      throw new IllegalArgumentException(
          "before mid-1978 SenML has no absolute time: " + timeMillis);
    }
    if (value.isPresent() == (quality == Quality.NO_VALUE)) {
      throw new IllegalArgumentException("a value is absent exactly with quality NO_VALUE");
    }
    value = value.map(Reading::exact);
  }

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public static boolean isUnit(String text) {
    return UNIT.matcher(text).matches();
  }

  /** Reads an opened pack; accepts only what {@link #encode} writes. */
  public static Reading decode(Bytes pack) throws MalformedException {
    if (pack.length() > Limits.READING) {
      throw new MalformedException(Check.FORM_SIZE, 0, pack.length() + " bytes");
    }
    return new ReadingDecoder(pack).decode();
  }

  /** The pack that is sealed. */
  public Bytes encode() {
    int absent = (unit.isEmpty() ? 1 : 0) + (value.isEmpty() ? 1 : 0);
    CborWriter out = new CborWriter().array(1).map(5 - absent).uint(KEY_NAME).text(name);
    if (!unit.isEmpty()) {
      out.uint(KEY_UNIT).text(unit);
    }
    value.ifPresent(number -> writeValue(out.uint(KEY_VALUE), number));
    out.uint(KEY_TIME).tag(DECIMAL).array(2).integer(MILLIS).uint(timeMillis);
    return out.text(KEY_QUALITY).uint(quality.number()).toBytes();
  }

  private static void writeValue(CborWriter out, BigDecimal number) {
    if (number.scale() != 0) {
      out.tag(DECIMAL).array(2).integer(-number.scale());
    }
    out.integer(number.unscaledValue().longValueExact());
  }

  /**
   * A negative scale claims fewer digits than an integer has; written out it is the same number.
   */
  private static BigDecimal exact(BigDecimal number) {
    if (number.scale() > MAX_SCALE || number.precision() - (long) number.scale() > MAX_DIGITS) {
      throw new IllegalArgumentException("a value of more than 12 decimals or 19 digits");
    }
    BigDecimal exact = number.scale() < 0 ? number.setScale(0) : number;
    if (exact.unscaledValue().bitLength() >= Long.SIZE) {
      throw new IllegalArgumentException("a value whose digits do not fit 64 bits");
    }
    return exact;
  }
}
