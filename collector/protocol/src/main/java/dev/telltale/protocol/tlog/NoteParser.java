package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the form of a signed note, without believing any of it. */
final class NoteParser {
  private NoteParser() {}

  static SignedNote parse(Bytes note) throws MalformedException {
    if (note.length() > Limits.NOTE) {
      throw malformed(note.length() + " bytes, at most " + Limits.NOTE + " are allowed");
    }
    String all = text(note);
    // the text may have empty lines of its own: only the last one separates
    int separator = all.lastIndexOf("\n\n");
    if (separator < 0 || !all.endsWith("\n") || separator + 2 == all.length()) {
      throw malformed("a note is text, an empty line and signature lines");
    }
    String text = all.substring(0, separator + 1);
    List<String> lines = all.substring(separator + 2).lines().toList();
    if (lines.size() > Limits.NOTE_SIGNATURES) {
      throw malformed(lines.size() + " signatures");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : lines) {
      signatures.add(signature(line));
    }
    return new SignedNote(text, signatures);
  }

  /** UTF-8 without ASCII control characters other than newline. */
  private static String text(Bytes note) throws MalformedException {
    String all;
    try {
      all = StandardCharsets.UTF_8.newDecoder().decode(note.buffer()).toString();
    } catch (CharacterCodingException e) {
      throw malformed("not UTF-8");
    }
    if (all.chars().anyMatch(character -> character < ' ' && character != '\n')) {
      throw malformed("a control character");
    }
    return all;
  }

  private static NoteSignature signature(String line) throws MalformedException {
    int space = line.indexOf(' ', SignedNote.DASH.length());
    if (!line.startsWith(SignedNote.DASH) || space < 0) {
      throw malformed("a signature line is dash, name and base64");
    }
    String name = line.substring(SignedNote.DASH.length(), space);
    Bytes value =
        StrictBase64.decode(line.substring(space + 1))
            .orElseThrow(() -> malformed("a signature is not base64"));
    if (!KeyNames.valid(name) || value.length() <= NoteSignature.KEY_ID_LENGTH) {
      throw malformed("a signature line without a name or a signature");
    }
    return new NoteSignature(
        name,
        value.slice(0, NoteSignature.KEY_ID_LENGTH),
        value.slice(NoteSignature.KEY_ID_LENGTH, value.length()));
  }

  private static MalformedException malformed(String detail) {
    return new MalformedException(Check.NOTE_FORM, 0, detail);
  }
}
