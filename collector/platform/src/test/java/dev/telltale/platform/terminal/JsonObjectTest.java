package dev.telltale.platform.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonObjectTest {
  @Test
  void writesMembersInOrderOnOneLine() {
    String json =
        new JsonObject()
            .with("committed", 5_310_204L)
            .with("seconds", new BigDecimal("1E+3"))
            .with("ledger_verified", true)
            .withNull("check")
            .withStrings("names", List.of("a", "b"))
            .withObjects("devices", List.of(new JsonObject().with("n", 1), new JsonObject()))
            .with("inner", new JsonObject().with("x", "y"))
            .toString();
    assertEquals(
        "{\"committed\":5310204,\"seconds\":1000,\"ledger_verified\":true,\"check\":null,"
            + "\"names\":[\"a\",\"b\"],\"devices\":[{\"n\":1},{}],\"inner\":{\"x\":\"y\"}}",
        json);
  }

  @Test
  void escapesWhatCouldBreakOutOfAString() {
    String json =
        new JsonObject().with("q\"", "\\ \n\r\t\u0000\u001b\u007f\u009b \u00e9").toString();
    assertEquals("{\"q\\\"\":\"\\\\ \\n\\r\\t\\u0000\\u001b\\u007f\\u009b \u00e9\"}", json);
  }

  @Test
  void keepsPairsOfSurrogatesAndEscapesLoneOnes() {
    String json = new JsonObject().with("s", "\ud83d\ude00 \ud83d \ude00").toString();
    assertEquals("{\"s\":\"\ud83d\ude00 \\ud83d \\ude00\"}", json);
  }

  @Test
  void refusesAMemberTwice() {
    JsonObject object = new JsonObject().with("a", 1);
    assertThrows(IllegalArgumentException.class, () -> object.with("a", 2));
  }
}
