package dev.telltale.agent;

import dev.telltale.platform.terminal.JsonObject;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.platform.terminal.Tone;

/** One line of {@code check}. */
record CheckRow(Outcome outcome, String subject, String text) {
  private static final int WIDTH = 6;
  private static final int SUBJECT_WIDTH = 10;

  enum Outcome {
    OK("ok", Tone.GOOD),
    NOTE("note", Tone.NOTE),
    FAIL("FAIL", Tone.BAD);

    private final String word;
    private final Tone tone;

    Outcome(String word, Tone tone) {
      this.word = word;
      this.tone = tone;
    }
  }

  static CheckRow ok(String subject, String text) {
    return new CheckRow(Outcome.OK, subject, text);
  }

  static CheckRow note(String subject, String text) {
    return new CheckRow(Outcome.NOTE, subject, text);
  }

  static CheckRow fail(String subject, String text) {
    return new CheckRow(Outcome.FAIL, subject, text);
  }

  boolean failed() {
    return outcome == Outcome.FAIL;
  }

  void print(Terminal terminal) {
    String gap = " ".repeat(Math.max(1, SUBJECT_WIDTH - subject.length()));
    terminal.row(outcome.tone, outcome.word, WIDTH, subject + gap + text);
  }

  JsonObject json() {
    return new JsonObject()
        .with("outcome", outcome.word)
        .with("subject", subject)
        .with("text", text);
  }

  /** For the socket between two processes of ours: outcome, subject and text, tabs between. */
  String line() {
    return outcome.name() + "\t" + subject + "\t" + text.replace('\t', ' ');
  }

  static CheckRow parse(String line) {
    String[] parts = line.split("\t", 3);
    return parts.length == 3 && (parts[0].equals("OK") || parts[0].equals("NOTE"))
        ? new CheckRow(Outcome.valueOf(parts[0]), parts[1], parts[2])
        : fail(parts.length == 3 ? parts[1] : "agent", parts[parts.length - 1]);
  }
}
