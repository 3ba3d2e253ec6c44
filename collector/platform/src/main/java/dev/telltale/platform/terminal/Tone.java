package dev.telltale.platform.terminal;

/** The colour of a word at the head of a line. */
public enum Tone {
  PLAIN(""),
  GOOD("32"),
  NOTE("33"),
  BAD("1;31");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  String paint(String word, boolean colour) {
    return colour && !code.isEmpty() ? "\u001b[" + code + "m" + word + "\u001b[0m" : word;
  }
}
