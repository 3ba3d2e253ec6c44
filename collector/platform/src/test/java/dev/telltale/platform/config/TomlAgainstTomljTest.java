package dev.telltale.platform.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Whatever our reader takes, a complete TOML parser takes, and reads as the same. */
final class TomlAgainstTomljTest {
  private static final String[] PIECES = {
    "a",
    "b",
    "a-1",
    "\"q\"",
    "'q'",
    "=",
    "=",
    "=",
    " ",
    "\n",
    "\n",
    "\r\n",
    "\t",
    "[",
    "]",
    "[a]",
    "[a.b]",
    "[b]",
    "[\"q\".a]",
    ".",
    ",",
    "1",
    "-2",
    "+3",
    "0",
    "00",
    "1_000",
    "1__0",
    "0.5",
    "1.",
    ".5",
    "1e3",
    "true",
    "false",
    "\"text\"",
    "\"a\\n\\u00e9\"",
    "\"\\q\"",
    "'lit\\'",
    "#c",
    "[1, 2]",
    "[\"a\",\n\"b\",]",
    "[1.5,]",
    "[]",
    "{a=1}",
    "1979-05-27",
    "inf",
    "0x10",
    "\"\"\"",
    "\u0000",
    "\u00e9",
    "a = 1\n",
    "b = \"x\"\n",
    "[c]\n",
    "9223372036854775807",
    "9223372036854775808",
    "\"\\ud800\"",
    "\"\\U0001F600\"",
  };

  @Test
  void agreesOnWhatItTakes() {
    Random random = new Random(20_261_124);
    int taken = 0;
    for (int i = 0; i < 60_000; i++) {
      StringBuilder text = new StringBuilder();
      int pieces = 1 + random.nextInt(9);
      for (int j = 0; j < pieces; j++) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      if (takenAlike(text.toString())) {
        taken++;
      }
    }
    assertTrue(taken > 1_000, "only " + taken + " documents were taken");
  }

  private static boolean takenAlike(String text) {
    Node.Table ours;
    try {
      ours = TomlReader.read("f", text);
    } catch (ConfigException e) {
      return false;
    }
    TomlParseResult theirs = org.tomlj.Toml.parse(text);
    assertTrue(theirs.errors().isEmpty(), () -> "taken: " + text + "\n" + theirs.errors());
    assertEquals(plain(theirs), plain(ours), text);
    return true;
  }

  private static Map<String, Object> plain(Node.Table table) {
    Map<String, Object> values = new LinkedHashMap<>();
    table
        .entries()
        .forEach((key, node) ->
            values.put(
                key,
                switch (node) {
                  case Node.Table child -> plain(child);
                  case Node.Value value -> comparable(value.value());
                }));
    return values;
  }

  private static Map<String, Object> plain(TomlTable table) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      Object value = Objects.requireNonNull(table.get(List.of(key)));
      values.put(key, value instanceof TomlTable child ? plain(child) : comparable(value));
    }
    return values;
  }

  private static Object comparable(Object value) {
    return switch (value) {
      case BigDecimal number -> number.doubleValue();
      case TomlArray array -> comparable(array.toList());
      case List<?> list -> {
        List<Object> values = new ArrayList<>();
        list.forEach(item -> values.add(comparable(item)));
        yield values;
      }
      default -> value;
    };
  }
}
