package dev.telltale.protocol.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final long TIME = 1_790_000_000_123L;

  @Test
  void aDecimalKeepsItsResolution() throws MalformedException {
    Reading reading = good("21.50", "Cel");

    assertEquals(
        "81a5"
            + "006a726f6f6d2f74656d7031" // 0: "room/temp1"
            + "016343656c" // 1: "Cel"
            + "02c48221190866" // 2: 4([-2, 2150])
            + "06c482221b000001a0c4506c7b" // 6: 4([-3, ms])
            + "617100", // "q": 0
        reading.encode().toHex());
    assertEquals(reading, Reading.decode(reading.encode()));
    assertEquals(2, Reading.decode(reading.encode()).value().orElseThrow().scale());
  }

  @Test
  void anIntegerIsPlain() throws MalformedException {
    Reading reading = good("-7", "");

    assertEquals(
        "81a4006a726f6f6d2f74656d70310226" + "06c482221b000001a0c4506c7b" + "617100",
        reading.encode().toHex());
    assertEquals(reading, Reading.decode(reading.encode()));
  }

  @Test
  void noValueIsAReadingToo() throws MalformedException {
    Reading reading = new Reading("d", TIME, Optional.empty(), "W", Quality.NO_VALUE);

    assertEquals(reading, Reading.decode(reading.encode()));
  }

  @Test
  void theWidestReadingFits() throws MalformedException {
    for (String value :
        new String[] {
          "9223372036854775807",
          "-9223372036854775808",
          "-9223372.036854775808",
          "9223372.036854775807",
          "0.000000000000",
          "1E+18"
        }) {
      Reading reading =
          new Reading(
              "n".repeat(64),
              Long.MAX_VALUE,
              Optional.of(new BigDecimal(value)),
              "u".repeat(16),
              Quality.SUSPECT);

      assertEquals(reading, Reading.decode(reading.encode()));
      assertEquals(0, new BigDecimal(value).compareTo(reading.value().orElseThrow()));
    }
  }

  @Test
  void whatCannotBeExactCannotBeMade() {
    assertThrows(IllegalArgumentException.class, () -> good("9223372036854775808", ""));
    assertThrows(IllegalArgumentException.class, () -> good("-9223372036854775809", ""));
    assertThrows(IllegalArgumentException.class, () -> good("0.0000000000001", ""));
    assertThrows(IllegalArgumentException.class, () -> good("1E+19", ""));
    assertThrows(IllegalArgumentException.class, () -> good("1E+2147483647", ""));
    assertThrows(IllegalArgumentException.class, () -> good("0E+2147483647", ""));
    assertThrows(IllegalArgumentException.class, () -> good("1E-2147483647", ""));
  }

  @Test
  void whatSenmlHasNoNameForCannotBeMade() {
    for (String name : new String[] {"", "-a", "a b", "ä", "a\n", "n".repeat(65)}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Reading(name, TIME, Optional.empty(), "", Quality.NO_VALUE));
    }
    for (String unit : new String[] {"k W", "°C", "u".repeat(17), "W\n"}) {
      assertThrows(IllegalArgumentException.class, () -> good("1", unit));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new Reading("a", Reading.EARLIEST - 1, Optional.empty(), "", Quality.NO_VALUE));
  }

  @Test
  void aValueIsAbsentExactlyWithQualityNoValue() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Reading("a", TIME, Optional.empty(), "", Quality.GOOD));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Reading("a", TIME, Optional.of(BigDecimal.ONE), "", Quality.NO_VALUE));
  }

  @Test
  void aPackOfMoreThanItsLimitIsRefused() {
    Bytes pack = Bytes.of(new byte[16 * 1024 + 1]);

    assertThrows(MalformedException.class, () -> Reading.decode(pack));
  }

  private static Reading good(String value, String unit) {
    return new Reading("room/temp1", TIME, Optional.of(new BigDecimal(value)), unit, Quality.GOOD);
  }
}
