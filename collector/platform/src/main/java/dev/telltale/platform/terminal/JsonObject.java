package dev.telltale.platform.terminal;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One JSON object (RFC 8259) on one line, members in the order given, each once. Numbers are exact:
 * there is no binary floating point here.
 */
public final class JsonObject {
  private final StringBuilder members = new StringBuilder();
  private final Set<String> names = new LinkedHashSet<>();

  public JsonObject with(String name, String value) {
    return member(name, quoted(value));
  }

  public JsonObject with(String name, long value) {
    return member(name, Long.toString(value));
  }

  public JsonObject with(String name, boolean value) {
    return member(name, Boolean.toString(value));
  }

  public JsonObject with(String name, BigDecimal value) {
    return member(name, value.toPlainString());
  }

  public JsonObject with(String name, JsonObject value) {
    return member(name, value.toString());
  }

  /** A member that is there and has no value. */
  public JsonObject withNull(String name) {
    return member(name, "null");
  }

  public JsonObject withStrings(String name, List<String> values) {
    return member(name, list(values.stream().map(JsonObject::quoted).toList()));
  }

  public JsonObject withObjects(String name, List<JsonObject> values) {
    return member(name, list(values.stream().map(JsonObject::toString).toList()));
  }

  private JsonObject member(String name, String value) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("member " + name + " twice");
    }
    members.append(members.isEmpty() ? "" : ",").append(quoted(name)).append(':').append(value);
    return this;
  }

  private static String list(List<String> values) {
    return values.stream().collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      quote(text, i, quoted);
    }
    return quoted.append('"').toString();
  }

  private static void quote(String text, int at, StringBuilder quoted) {
    char c = text.charAt(at);
    switch (c) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> {
        // Controls must be escaped; DEL to U+009F could drive a terminal, a lone surrogate is no
        // UTF-8.
        if (c < ' ' || (c >= 0x7F && c < 0xA0) || lone(text, at)) {
          quoted.append(String.format("\\u%04x", (int) c));
        } else {
          quoted.append(c);
        }
      }
    }
  }

  private static boolean lone(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  @Override
  public String toString() {
    return "{" + members + "}";
  }
}
