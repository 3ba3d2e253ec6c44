package dev.telltale.platform.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Standard output and standard error of a program. Colour and progress appear only where somebody
 * looks at it, and colour not if {@code NO_COLOR} is set.
 */
public final class Terminal {
  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;
  private final boolean live;
  private boolean progressShown;

  /**
   * A terminal over any streams.
   *
   * @param colour whether {@code out} understands colours
   * @param live whether {@code err} is looked at, so that a line may change
   */
  public Terminal(PrintStream out, PrintStream err, boolean colour, boolean live) {
    this.out = out;
    this.err = err;
    this.colour = colour;
    this.live = live;
  }

  /** The terminal of this process. */
  public static Terminal system(Map<String, String> environment) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(System.out, System.err, !plain && isTerminal(1), !dumb && isTerminal(2));
  }

  /** Linux says what a descriptor is open on; the JDK tells only for input and output together. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** A line of output. */
  public synchronized void line(String text) {
    clearProgress();
    out.println(clean(text));
  }

  /** Output that is printed as it is: JSON, CSV, a file of ours. */
  public synchronized void raw(String text) {
    clearProgress();
    out.print(text);
  }

  /** A line that begins with a word in a column, as {@code ok tpm quote 41 ms}. */
  public synchronized void row(Tone tone, String word, int width, String text) {
    clearProgress();
    String shown = clean(word);
    String gap = " ".repeat(Math.max(1, width - shown.length()));
    out.println((tone.paint(shown, colour) + gap + clean(text)).stripTrailing());
  }

  /** A line that says what is wrong and what to do, on standard error. */
  public synchronized void error(String program, String text) {
    clearProgress();
    err.println(program + ": " + clean(text));
  }

  /** Shows how far we are, in one line that the next replaces; nothing in a log. */
  public synchronized void progress(String text) {
    if (live) {
      err.print(ERASE_LINE + clean(text));
      err.flush();
      progressShown = true;
    }
  }

  private void clearProgress() {
    if (progressShown) {
      err.print(ERASE_LINE);
      err.flush();
      progressShown = false;
    }
  }

  /** One line without anything that could move the cursor or hide text. */
  static String clean(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> shown.appendCodePoint(visible(c) ? c : '?'));
    return shown.toString();
  }

  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
