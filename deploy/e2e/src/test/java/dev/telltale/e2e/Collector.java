package dev.telltale.e2e;

import dev.telltale.tpmsim.swtpm.SwtpmFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A collector as its own process, and its commands. */
final class Collector {
  private static final String PROGRAM = "telltale-collector";
  private static final String ORIGIN = "telltale.test/demo";

  private final Checkout checkout;
  private final Processes processes;
  private final Path directory;
  private final Log log;
  private Optional<Process> process = Optional.empty();

  Collector(Checkout checkout, Processes processes, Path directory) {
    this.checkout = checkout;
    this.processes = processes;
    this.directory = directory;
    this.log = new Log(directory.resolve("collector.log"));
  }

  /**
   * Keys, log and broker configuration. The TPMs hold their EK certificate and not its issuer's, as
   * many chips do, so the collector is given both.
   */
  void init(Broker broker, SwtpmFleet tpms) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Files.writeString(
        config(),
        """
        origin = "%s"
        broker = "%s"
        state = "%s"
        [enrolment]
        simulation-roots = ["%s", "%s"]
        """
            .formatted(ORIGIN, broker.address(), state(), tpms.root(), tpms.issuer()));
    ask("init");
    broker.configure(state().resolve("mosquitto/mosquitto.conf"));
  }

  private Path config() {
    return directory.resolve("collector.toml");
  }

  Path state() {
    return directory.resolve("state");
  }

  Path journal() {
    return state().resolve("ledger/journal");
  }

  Log log() {
    return log;
  }

  void start() throws IOException, InterruptedException {
    long from = log.end();
    Process started = processes.start(command("run"), log.file());
    process = Optional.of(started);
    Waiting.until(
        "the collector is connected to the broker",
        () -> {
          if (!started.isAlive()) {
            throw new IOException("the collector ended: " + log.tail());
          }
          String said = log.since(from);
          return said.contains("collector.ready") && said.contains("broker.connected");
        });
  }

  void kill() throws InterruptedException {
    processes.kill(process.orElseThrow());
    process = Optional.empty();
  }

  void terminate() throws IOException, InterruptedException {
    processes.terminate(process.orElseThrow());
    process = Optional.empty();
  }

  private List<String> command(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", config().toString()));
    return checkout.command(PROGRAM, all);
  }

  /** The output of a command that succeeds. */
  String ask(String... arguments) throws IOException, InterruptedException {
    return processes.run(command(arguments)).require(PROGRAM + " " + String.join(" ", arguments));
  }

  /** A ticket for so many simulated devices. */
  Path ticket(int devices) throws IOException, InterruptedException {
    Path file = directory.resolve("demo.ticket");
    Files.writeString(
        file,
        ask(
            "enrol",
            "invite",
            "--group",
            "demo",
            "--grade",
            "SIMULATION",
            "--devices",
            Integer.toString(devices)));
    return file;
  }

  /** The device of this name. */
  Json device(String name) throws IOException, InterruptedException {
    return ask("devices", "--json")
        .lines()
        .map(Json::new)
        .filter(device -> device.text("name").equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("no device " + name));
  }

  /** All verified readings, without the header. */
  List<String> readings() throws IOException, InterruptedException {
    return ask("readings", "--csv").lines().skip(1).toList();
  }

  /** Refusals of envelopes in the log from there on. */
  List<String> refusals(long from) throws IOException {
    return log.events("envelope.refused", from);
  }
}
