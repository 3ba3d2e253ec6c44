package dev.telltale.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An agent as its own process, with a TPM of its own. */
final class Device {
  private static final String PROGRAM = "telltale-agent";

  private final Checkout checkout;
  private final Processes processes;
  private final Path directory;
  private final String tpm;
  private final Log log;
  private Optional<Process> process = Optional.empty();
  private long launchedAt;

  Device(Checkout checkout, Processes processes, Path directory, String tpm) {
    this.checkout = checkout;
    this.processes = processes;
    this.directory = directory;
    this.tpm = tpm;
    this.log = new Log(directory.resolve("agent.log"));
  }

  String name() {
    return String.valueOf(directory.getFileName());
  }

  Path state() {
    return directory.resolve("state");
  }

  String tpm() {
    return tpm;
  }

  Log log() {
    return log;
  }

  boolean running() {
    return process.filter(Process::isAlive).isPresent();
  }

  /** What the agent shall read from its next start on. */
  void configure(Sensing sensing) throws IOException {
    Files.createDirectories(directory);
    if (!Files.exists(bootSeed())) {
      newBoot();
    }
    Files.writeString(
        config(),
        """
        [agent]
        state = "%s"
        [tpm]
        device = "%s"
        boot-seed = "%s"
        [envelope]
        close-after = "%s"
        [outbox]
        size = "16MiB"
        sync = "100ms"
        %s\
        """
            .formatted(state(), tpm, bootSeed(), sensing.closeAfter(), sensing.table()));
  }

  private Path config() {
    return directory.resolve("agent.toml");
  }

  private Path bootSeed() {
    return directory.resolve("boot_id");
  }

  /** What a kernel does at each boot. */
  void newBoot() throws IOException {
    Files.writeString(bootSeed(), UUID.randomUUID() + "\n");
  }

  void enrol(Path ticket) throws IOException, InterruptedException {
    ask("enrol", ticket.toString(), "--name", name());
  }

  void start() throws IOException, InterruptedException {
    launch();
    awaitRunning();
  }

  void launch() throws IOException {
    launchedAt = log.end();
    process = Optional.of(processes.start(command("run"), log.file()));
  }

  void awaitRunning() throws IOException, InterruptedException {
    Waiting.until(
        name() + " runs",
        () -> {
          if (!running()) {
            throw new IOException(name() + " ended: " + log.tail());
          }
          return log.since(launchedAt).contains("agent.running");
        });
  }

  void terminate() throws IOException, InterruptedException {
    processes.terminate(process.orElseThrow());
    process = Optional.empty();
  }

  void kill() throws InterruptedException {
    processes.kill(process.orElseThrow());
    process = Optional.empty();
  }

  Json status() throws IOException, InterruptedException {
    return new Json(ask("status", "--json"));
  }

  /** The output of a command that succeeds. */
  String ask(String... arguments) throws IOException, InterruptedException {
    return processes
        .run(command(arguments))
        .require(PROGRAM + " " + String.join(" ", arguments) + " of " + name());
  }

  private List<String> command(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", config().toString()));
    return checkout.command(PROGRAM, all);
  }

  /** Lines about envelopes whose receipts the agent has verified. */
  List<String> committed(long from) throws IOException {
    return log.events("envelope.committed", from);
  }

  /** Readings in them. */
  long delivered(long from) throws IOException {
    return committed(from).stream().mapToLong(line -> Log.number(line, "readings")).sum();
  }
}
