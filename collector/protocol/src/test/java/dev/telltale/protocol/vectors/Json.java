package dev.telltale.protocol.vectors;

import dev.telltale.protocol.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Just enough JSON (RFC 8259) to read vector files that are known to be well formed. */
public sealed interface Json {
  record Text(String value) implements Json {}

  record Figure(String digits) implements Json {}

  record Items(List<Json> values) implements Json {}

  record Fields(Map<String, Json> values) implements Json {}

  /** true, false, null. */
  record Word(String value) implements Json {}

  static Json parse(String source) {
    return new Parser(source).whole();
  }

  /** The field of an object. */
  default Json get(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no field " + name));
  }

  /** The field of an object, unless it is absent or null. */
  default Optional<Json> find(String name) {
    if (!(this instanceof Fields fields)) {
      throw new IllegalArgumentException("not an object");
    }
    return Optional.ofNullable(fields.values.get(name)).filter(v -> !v.equals(new Word("null")));
  }

  default List<Json> items() {
    if (!(this instanceof Items items)) {
      throw new IllegalArgumentException("not an array");
    }
    return items.values;
  }

  default String text() {
    return switch (this) {
      case Text text -> text.value;
      case Figure number -> number.digits;
      case Word word -> word.value;
      case Items _, Fields _ -> throw new IllegalArgumentException("not a single value");
    };
  }

  default String text(String field) {
    return get(field).text();
  }

  default long number(String field) {
    return Long.parseLong(text(field));
  }

  default Bytes hex(String field) {
    return Bytes.hex(text(field));
  }

  final class Parser {
    private final String source;
    private int position;

    private Parser(String source) {
      this.source = source;
    }

    private Json whole() {
      Json value = value();
      if (peek() != 0) {
        throw new IllegalArgumentException("text behind the value at " + position);
      }
      return value;
    }

    private Json value() {
      return switch (peek()) {
        case '{' -> fields();
        case '[' -> list();
        case '"' -> new Text(string());
        default -> scalar();
      };
    }

    private Json fields() {
      Map<String, Json> values = new LinkedHashMap<>();
      take('{');
      while (peek() != '}') {
        String name = string();
        take(':');
        values.put(name, value());
        if (peek() != '}') {
          take(',');
        }
      }
      take('}');
      return new Fields(values);
    }

    private Json list() {
      List<Json> values = new ArrayList<>();
      take('[');
      while (peek() != ']') {
        values.add(value());
        if (peek() != ']') {
          take(',');
        }
      }
      take(']');
      return new Items(values);
    }

    private Json scalar() {
      int start = position;
      while (position < source.length() && ",]} \t\r\n".indexOf(source.charAt(position)) < 0) {
        position++;
      }
      String word = source.substring(start, position);
      boolean isWord = word.equals("true") || word.equals("false") || word.equals("null");
      return isWord ? new Word(word) : new Figure(word);
    }

    private String string() {
      take('"');
      StringBuilder text = new StringBuilder();
      while (source.charAt(position) != '"') {
        char next = source.charAt(position++);
        text.append(next == '\\' ? escape() : next);
      }
      position++;
      return text.toString();
    }

    private char escape() {
      char kind = source.charAt(position++);
      return switch (kind) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'u' -> {
          position += 4;
          yield (char) Integer.parseInt(source.substring(position - 4, position), 16);
        }
        default -> kind;
      };
    }

    private void take(char wanted) {
      if (peek() != wanted) {
        throw new IllegalArgumentException(wanted + " is missing at " + position);
      }
      position++;
    }

    /** The next character that is not white space, 0 at the end. */
    private char peek() {
      while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
        position++;
      }
      return position < source.length() ? source.charAt(position) : 0;
    }
  }
}
