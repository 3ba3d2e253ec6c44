package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "007,7",
    "28.121962,28.121962",
    "30.0,30.0",
    "-1.50,-1.50",
    "1.5E-3,0.0015",
    "2e+2,200",
    "-3E2,-300",
    "9223372036854775807,9223372036854775807",
    "-9223372036854775808,-9223372036854775808",
    "0.1234567890123000,0.1234567890123000",
  })
  void aNumberIsWhatItsDigitsSay(String text, String expected) {
    assertEquals(0, Decimals.parse(text).orElseThrow().compareTo(new BigDecimal(expected)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 ",
        " 1",
        "+1",
        "1.",
        ".5",
        "1,5",
        "1_000",
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "0x10",
        "1e",
        "1e100",
        "1e-100",
        "--1",
        "1.2.3",
        "١",
        "null",
        "1f",
        "1L",
        "11111111111111111111111111111111111111111",
      })
  void anythingElseIsNone(String text) {
    assertEquals(Optional.empty(), Decimals.parse(text));
  }

  @Test
  void theDecimalsWrittenAreKept() {
    assertEquals(Optional.of(new BigDecimal("30.00")), exact("30.00"));
  }

  @Test
  void anExponentIsWrittenOut() {
    assertEquals(Optional.of(new BigDecimal("1200")), exact("1.2E3"));
  }

  @Test
  void moreDecimalsThanAReadingHasAreDroppedOnlyIfTheyAreZero() {
    assertEquals(Optional.of(new BigDecimal("0.123456789012")), exact("0.12345678901200"));
    assertEquals(Optional.of(new BigDecimal("0")), exact("0.00000000000000"));
    assertEquals(Optional.empty(), exact("0.1234567890121"));
  }

  @Test
  void aMantissaOfMoreThan64BitsIsNotCarried() {
    assertEquals(
        Optional.of(new BigDecimal("922337203685.4775807")), exact("922337203685.4775807"));
    assertEquals(Optional.empty(), exact("922337203685.4775808"));
    assertEquals(
        Optional.of(new BigDecimal("-922337203685.4775808")), exact("-922337203685.4775808"));
    assertEquals(Optional.empty(), exact("1E19"));
  }

  @Test
  void roundingWhenAskedForIsHalfToEvenAndNeverAddsDecimals() {
    assertEquals(Optional.of(new BigDecimal("0.12")), rounded("0.125", 2));
    assertEquals(Optional.of(new BigDecimal("0.14")), rounded("0.135", 2));
    assertEquals(Optional.of(new BigDecimal("0.1")), rounded("0.1", 2));
    assertEquals(Optional.of(new BigDecimal("0.567642")), rounded("0.56764189999999", 6));
    assertEquals(Optional.of(new BigDecimal("3")), rounded("2.5000000000000001", 0));
  }

  private static Optional<BigDecimal> exact(String text) {
    return Decimals.carried(new BigDecimal(text), OptionalInt.empty());
  }

  private static Optional<BigDecimal> rounded(String text, int decimals) {
    return Decimals.carried(new BigDecimal(text), OptionalInt.of(decimals));
  }
}
