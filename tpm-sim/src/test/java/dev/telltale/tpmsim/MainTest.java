package dev.telltale.tpmsim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telltale.tpmsim.swtpm.SwtpmProvisioner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  @TempDir private Path directory = Path.of("");

  private record Outcome(int status, String out, String err) {}

  private static Outcome run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status =
        line.execute(List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
    return new Outcome(status, out.toString(), err.toString());
  }

  private static void requireSwtpm() {
    assumeTrue(
        SwtpmProvisioner.available(),
        "swtpm is not installed: sudo apt-get install swtpm swtpm-tools");
  }

  private String line(String name) {
    return name
        + "  unix:"
        + directory.resolve(name).resolve("data.sock")
        + "  trust "
        + directory.resolve("ca/root.pem")
        + "\n";
  }

  @Test
  void aFleetComesUpStaysAndGoesDown() throws Exception {
    requireSwtpm();
    try {
      Outcome up = run("up", directory, "--count", 2, "--prefix", "meter");
      // On a slow machine the standard error has lines about the progress.
      assertEquals(0, up.status(), up.err());
      assertEquals(line("meter-1") + line("meter-2"), up.out());
      assertEquals(new Outcome(0, up.out(), ""), run("list", directory));
      assertTrue(Files.readString(directory.resolve("ca/root.pem")).contains("BEGIN CERTIFICATE"));
      assertTrue(Files.isReadable(directory.resolve("ca/issuer.pem")));
      assertEquals(new Outcome(0, line("meter-2"), ""), run("tamper", directory, "meter-2"));
      assertEquals(new Outcome(0, line("meter-2"), ""), run("reset", directory, "meter-2"));
      assertEquals(new Outcome(0, line("meter-2"), ""), run("power-cut", directory, "meter-2"));

      assertEquals(new Outcome(0, "meter-2  stopped\n", ""), run("down", directory, "meter-2"));
      Outcome reset = run("reset", directory, "meter-2");
      assertEquals(1, reset.status());
      assertTrue(reset.err().startsWith("telltale-tpm-sim: meter-2 is not running: start it with"));
      assertEquals(up.out(), run("up", directory).out());
    } finally {
      Outcome down = run("down", directory, "--json");
      assertTrue(down.out().contains("\"running\":false"), down.out() + down.err());
      assertFalse(down.out().contains("\"running\":true"));
    }
  }

  @Test
  void usageErrorsAreOneLineAndStatusTwo() {
    for (Outcome outcome :
        List.of(
            run(),
            run("up"),
            run("up", directory, "--count", 0),
            run("up", directory, "--count", 2, "--name", "x"),
            run("up", directory, "--name", "../x"),
            run("up", directory, "--name", "ca"),
            run("tamper", directory, "x"),
            run("list", directory.resolve("absent")),
            run("up", "/tmp/" + "x".repeat(100)))) {
      assertEquals(2, outcome.status(), outcome.err());
      assertEquals("", outcome.out());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
      assertTrue(outcome.err().startsWith("telltale-tpm-sim: "), outcome.err());
    }
  }

  @Test
  void versionIsThatOfTheBuild() {
    Outcome outcome = run("--version");
    assertTrue(outcome.out().matches("telltale-tpm-sim [0-9]+\\.[0-9]+\\.[0-9]+\n"), outcome.out());
  }

  @Test
  void jsonTextIsEscaped() {
    assertEquals("\"a\\\"b\\\\c\\u000a\"", Output.quoted("a\"b\\c\n"));
  }
}
