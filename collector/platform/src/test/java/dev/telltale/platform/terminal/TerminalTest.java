package dev.telltale.platform.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Terminal terminal(boolean colour, boolean live) {
    return new Terminal(stream(out), stream(err), colour, live);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void alignsTheFirstWord() {
    Terminal terminal = terminal(false, false);
    terminal.row(Tone.GOOD, "ok", 6, "tpm     quote 41 ms");
    terminal.row(Tone.BAD, "FAIL", 6, "room");
    terminal.row(Tone.PLAIN, "enrolled", 6, "");
    assertEquals("ok    tpm     quote 41 ms\nFAIL  room\nenrolled\n", text(out));
  }

  @Test
  void coloursOnlyWhenAsked() {
    terminal(true, false).row(Tone.GOOD, "ok", 6, "x");
    assertEquals("\u001b[32mok\u001b[0m    x\n", text(out));
  }

  @Test
  void showsWhatAPeerSentOnOneHarmlessLine() {
    Terminal terminal = terminal(true, false);
    terminal.line("a\nb\u001b[2Jc\u202Ed\u009b1");
    terminal.error("telltale-agent", "no\r\nway");
    assertEquals("a?b?[2Jc?d?1\n", text(out));
    assertEquals("telltale-agent: no??way\n", text(err));
  }

  @Test
  void showsProgressOnlyToSomebodyWhoLooks() {
    terminal(false, false).progress("1 of 2");
    assertEquals("", text(err));
    Terminal live = terminal(false, true);
    live.progress("1 of 2");
    live.line("done");
    assertEquals("\r\u001b[2K1 of 2\r\u001b[2K", text(err));
    assertEquals("done\n", text(out));
  }
}
