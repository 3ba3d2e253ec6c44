package dev.telltale.agent.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.tpmsim.junit.SimTpm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Somebody else's implementation: runs programs of tpm2-tools with files in one directory. */
final class Tpm2Tools {
  private static final int TIME_LIMIT_SECONDS = 30;

  private final Path directory;
  private final Optional<Path> socket;

  private Tpm2Tools(Path directory, Optional<Path> socket) {
    this.directory = directory;
    this.socket = socket;
    boolean installed =
        List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
            .anyMatch(p -> Files.isExecutable(Path.of(p, "tpm2_checkquote")));
    Assumptions.assumeTrue(installed, "needs tpm2-tools: sudo apt-get install tpm2-tools");
  }

  /** For what needs no TPM. */
  static Tpm2Tools alone(Path directory) {
    return new Tpm2Tools(directory, Optional.empty());
  }

  /** With a TPM, which serves one client at a time: nobody else may be connected. */
  static Tpm2Tools with(Path directory, SimTpm tpm) throws IOException {
    // Their swtpm client derives the control socket's name from the data socket's.
    Path data = Files.createSymbolicLink(directory.resolve("t"), tpm.dataSocket());
    Files.createSymbolicLink(
        directory.resolve("t.ctrl"), tpm.dataSocket().resolveSibling("ctrl.sock"));
    return new Tpm2Tools(directory, Optional.of(data));
  }

  Path write(String name, Bytes content) throws IOException {
    return Files.write(directory.resolve(name), content.toArray());
  }

  Bytes read(String name) throws IOException {
    return Bytes.of(Files.readAllBytes(directory.resolve(name)));
  }

  /** Exit status and everything printed. */
  record Result(int status, String output) {}

  /** Arguments are separated by blanks. */
  Result run(String command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command.split(" "))));
    builder.environment().put("TPM2TOOLS_TCTI", socket.map(s -> "swtpm:path=" + s).orElse("none"));
    builder.directory(directory.toFile()).redirectErrorStream(true);
    Path output = directory.resolve("output");
    Process process = builder.redirectOutput(output.toFile()).start();
    if (!process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command + " does not end");
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
  }

  /** Runs a command that has to succeed. */
  String succeed(String command) throws IOException, InterruptedException {
    Result result = run(command);
    if (result.status() != 0) {
      throw new IOException(command + ": " + result.output());
    }
    return result.output();
  }
}
