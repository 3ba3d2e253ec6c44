package dev.telltale.verifier.enrolment;

import dev.telltale.protocol.Bytes;
import dev.telltale.tpmsim.junit.SimTpm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Somebody else's programs (tpm2-tools) with a TPM, and files in one directory. */
final class Tpm2Tools {
  private static final int TIME_LIMIT_SECONDS = 60;

  private final Path directory;
  private final Path socket;

  Tpm2Tools(Path directory, SimTpm tpm) throws IOException {
    boolean installed =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "tpm2_activatecredential")));
    Assumptions.assumeTrue(installed, "needs tpm2-tools: sudo apt-get install tpm2-tools");
    this.directory = directory;
    // Their swtpm client derives the control socket's name from the data socket's.
    this.socket = Files.createSymbolicLink(directory.resolve("t"), tpm.dataSocket());
    Files.createSymbolicLink(
        directory.resolve("t.ctrl"), tpm.dataSocket().resolveSibling("ctrl.sock"));
  }

  void write(String name, Bytes content) throws IOException {
    Files.write(directory.resolve(name), content.toArray());
  }

  Bytes read(String name) throws IOException {
    return Bytes.of(Files.readAllBytes(directory.resolve(name)));
  }

  /** Arguments are separated by blanks. */
  int run(String command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command.split(" ")));
    builder.environment().put("TPM2TOOLS_TCTI", "swtpm:path=" + socket);
    builder.directory(directory.toFile()).redirectErrorStream(true);
    Process process = builder.redirectOutput(directory.resolve("output").toFile()).start();
    if (!process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command + " does not end");
    }
    return process.exitValue();
  }

  /** Runs commands that have to succeed. */
  void succeed(String... commands) throws IOException, InterruptedException {
    for (String command : commands) {
      if (run(command) != 0) {
        throw new IOException(
            command
                + ": "
                + Files.readString(directory.resolve("output"), StandardCharsets.ISO_8859_1));
      }
    }
  }
}
