package dev.telltale.platform.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Characters, keys and values of a TOML document, with the number of the line they are on. */
final class TomlLexer {
  private static final int END = -1;
  private static final int DIGITS = 40;
  private static final Pattern WHOLE = Pattern.compile("[+-]?(0|[1-9](_?[0-9])*)");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(0|[1-9](_?[0-9])*)\\.[0-9](_?[0-9])*");

  private final String file;
  private final String text;
  private int at;
  private int line = 1;

  TomlLexer(String file, String text) {
    this.file = file;
    this.text = text;
  }

  int line() {
    return line;
  }

  boolean atEnd() {
    return at == text.length();
  }

  int peek() {
    return atEnd() ? END : text.charAt(at);
  }

  boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  void expect(char wanted) throws ConfigException {
    if (!take(wanted)) {
      throw error("expected " + wanted + " and found " + shown());
    }
  }

  ConfigException error(String what) {
    return ConfigException.at(file, line, what);
  }

  private String shown() {
    int next = peek();
    return next == END ? "the end of the file" : next == '\n' ? "the end of the line" : rest();
  }

  private String rest() {
    int end = at;
    while (end < text.length() && text.charAt(end) > ' ' && end - at < 20) {
      end++;
    }
    return end == at ? "a control character" : text.substring(at, end);
  }

  void skipSpaces() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  /** Spaces, comments and line ends. */
  void skipBlankLines() throws ConfigException {
    skipSpaces();
    while (!atEnd() && (peek() == '#' || lineEnds())) {
      endOfLine();
      skipSpaces();
    }
  }

  private boolean lineEnds() {
    return peek() == '\n' || text.startsWith("\r\n", at);
  }

  /** The rest of a line, which may only be a comment. */
  void endOfLine() throws ConfigException {
    skipSpaces();
    if (take('#')) {
      while (!atEnd() && !lineEnds()) {
        printable();
        at++;
      }
    }
    if (atEnd()) {
      return;
    }
    if (!lineEnds()) {
      throw error("expected the end of the line and found " + shown());
    }
    at = text.indexOf('\n', at) + 1;
    line++;
  }

  private char printable() throws ConfigException {
    char c = text.charAt(at);
    if ((c < ' ' && c != '\t') || c == 0x7F) {
      throw error("control character " + HexFormat.of().toHexDigits((byte) c));
    }
    return c;
  }

  String key() throws ConfigException {
    if (peek() == '"' || peek() == '\'') {
      return string();
    }
    int start = at;
    while (!atEnd() && bare(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw error("expected a name and found " + shown());
    }
    return text.substring(start, at);
  }

  private static boolean bare(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  Object value() throws ConfigException {
    return switch (peek()) {
      case '"', '\'' -> string();
      case '[' -> array();
      case '{' -> throw error("inline tables are not used here; write a [table]");
      default -> word();
    };
  }

  private List<Object> array() throws ConfigException {
    List<Object> values = new ArrayList<>();
    expect('[');
    skipBlankLines();
    while (!take(']')) {
      if (peek() == '[') {
        throw error("arrays of arrays are not used here");
      }
      values.add(value());
      skipBlankLines();
      if (!take(',') && peek() != ']') {
        throw error("expected , or ] and found " + shown());
      }
      skipBlankLines();
    }
    return List.copyOf(values);
  }

  private Object word() throws ConfigException {
    int start = at;
    while (!atEnd() && (bare(text.charAt(at)) || peek() == '.' || peek() == '+')) {
      at++;
    }
    String word = text.substring(start, at);
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    String digits = word.replace("_", "");
    if (digits.length() <= DIGITS && WHOLE.matcher(word).matches()) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        throw error(word + " is too large");
      }
    }
    if (digits.length() <= DIGITS && DECIMAL.matcher(word).matches()) {
      return new BigDecimal(digits);
    }
    throw error(
        word.isEmpty()
            ? "expected a value and found " + shown()
            : word + " is no value; text stands in quotes: \"" + word + "\"");
  }

  private String string() throws ConfigException {
    char quote = text.charAt(at++);
    if (text.startsWith(String.valueOf(quote).repeat(2), at)) {
      throw error("strings of several lines are not used here");
    }
    StringBuilder value = new StringBuilder();
    while (!take(quote)) {
      if (atEnd() || lineEnds()) {
        throw error("a string ends with " + quote);
      }
      char c = printable();
      at++;
      if (c == '\\' && quote == '"') {
        escape(value);
      } else {
        value.append(c);
      }
    }
    return value.toString();
  }

  private void escape(StringBuilder value) throws ConfigException {
    int code = peek();
    at++;
    switch (code) {
      case 'b' -> value.append('\b');
      case 't' -> value.append('\t');
      case 'n' -> value.append('\n');
      case 'f' -> value.append('\f');
      case 'r' -> value.append('\r');
      case '"' -> value.append('"');
      case '\\' -> value.append('\\');
      case 'u' -> value.appendCodePoint(scalar(4));
      case 'U' -> value.appendCodePoint(scalar(8));
      default -> throw error("unknown escape in a string; a backslash is written \\\\");
    }
  }

  private int scalar(int digits) throws ConfigException {
    int end = Math.min(at + digits, text.length());
    String hex = text.substring(at, end);
    long code = -1;
    if (hex.matches("[0-9a-fA-F]{" + digits + "}")) {
      code = HexFormat.fromHexDigitsToLong(hex);
    }
    boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    if (code < 0 || code > Character.MAX_CODE_POINT || surrogate) {
      throw error("\\" + (digits == 4 ? "u" : "U") + " needs a character's " + digits + " digits");
    }
    at = end;
    return (int) code;
  }
}
