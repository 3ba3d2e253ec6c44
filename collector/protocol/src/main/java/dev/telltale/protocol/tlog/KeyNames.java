package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;

/** The names of note keys, which are the origins of logs too (C2SP signed-note, "Format"). */
final class KeyNames {
  /** NEXT LINE: a space to Unicode, though Java classes it as a control. */
  private static final int NEXT_LINE = 0x85;

  private KeyNames() {}

  /** Not empty, no space of any kind, no plus sign, no control character; bounded. */
  static boolean valid(String name) {
    return !name.isEmpty()
        && Bytes.utf8(name).length() <= Limits.TEXT
        && name.codePoints().noneMatch(KeyNames::forbidden);
  }

  static void require(String name) {
    if (!valid(name)) {
      throw new IllegalArgumentException("no name of a note key: " + name);
    }
  }

  private static boolean forbidden(int character) {
    return character == '+'
        || character < ' '
        || character == NEXT_LINE
        || Character.isSpaceChar(character)
        || Character.isWhitespace(character);
  }
}
