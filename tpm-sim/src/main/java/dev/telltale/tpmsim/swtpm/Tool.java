package dev.telltale.tpmsim.swtpm;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The programs of the packages swtpm and swtpm-tools. */
enum Tool {
  SWTPM("swtpm"),
  SWTPM_SETUP("swtpm_setup"),
  SWTPM_LOCALCA("swtpm_localca"),
  SETSID("setsid");

  private static final int LOG_TAIL = 4096;

  private final String program;

  Tool(String program) {
    this.program = program;
  }

  Path path() throws SwtpmException {
    return find()
        .orElseThrow(() ->
            new SwtpmException(
                program + " is not installed: sudo apt-get install swtpm swtpm-tools"));
  }

  Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    List<String> places = new ArrayList<>(List.of(path.split(File.pathSeparator)));
    places.addAll(List.of("/usr/bin", "/usr/local/bin"));
    return places.stream()
        .filter(place -> place.startsWith("/"))
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs to the end. Output goes to the log; its last line explains a failure. */
  void run(List<String> arguments, Path log, Duration limit) throws IOException {
    List<String> command = new ArrayList<>(List.of(path().toString()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SwtpmException(program + " did not end within " + limit.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + program + " ran");
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new SwtpmException(program + " failed: " + lastLine(log) + " (log: " + log + ")");
    }
  }

  /** The last line that says something, or that there is none. */
  static String lastLine(Path log) {
    try {
      byte[] all = Files.readAllBytes(log);
      int from = Math.max(0, all.length - LOG_TAIL);
      return new String(all, from, all.length - from, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .reduce((before, last) -> last)
          .orElse("it said nothing");
    } catch (IOException e) {
      return "it said nothing";
    }
  }
}
