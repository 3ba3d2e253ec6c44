package dev.telltale.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The processes started here; none of them outlives the closing. */
final class Processes implements AutoCloseable {
  private final List<Process> started = new CopyOnWriteArrayList<>();
  private final Path scratch;
  private volatile boolean closed;

  Processes(Path scratch) {
    this.scratch = scratch;
  }

  /** What a program that ended has said. */
  record Output(int exit, String out, String err) {
    /** For programs that have to succeed. */
    String require(String what) throws IOException {
      if (exit != 0) {
        throw new IOException(what + " ended with " + exit + ": " + err.strip());
      }
      return out;
    }
  }

  /** Starts a program that stays; what it says is appended to the log. */
  Process start(List<String> command, Path log) throws IOException {
    return track(
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
  }

  /** Runs a program to its end. */
  Output run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(scratch, "run", ".out");
    Path err = Files.createTempFile(scratch, "run", ".err");
    try {
      Process process =
          track(
              new ProcessBuilder(command)
                  .redirectInput(new File("/dev/null"))
                  .redirectOutput(out.toFile())
                  .redirectError(err.toFile()));
      if (!process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("does not end: " + command.getLast());
      }
      started.remove(process);
      return new Output(process.exitValue(), text(out), text(err));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private synchronized Process track(ProcessBuilder builder) throws IOException {
    if (closed) {
      throw new IOException("this world has ended");
    }
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** SIGTERM, and then whatever the program does to end in order. */
  void terminate(Process process) throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("a program does not end on SIGTERM");
    }
    started.remove(process);
  }

  /** SIGKILL. */
  void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    started.remove(process);
  }

  @Override
  public synchronized void close() {
    closed = true;
    started.forEach(Process::destroyForcibly);
    try {
      for (Process process : started) {
        process.waitFor(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    started.clear();
  }
}
