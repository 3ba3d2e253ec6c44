package dev.telltale.e2e;

import dev.telltale.tpmsim.swtpm.SwtpmFleet;
import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Simulated TPMs, a broker, a collector and agents, all real programs of their own, in one folder
 * under {@code deploy/work}. When it is closed, or this process ends, no process is left and,
 * unless it is to be kept, no file.
 */
final class World implements AutoCloseable {
  private final Checkout checkout;
  private final Path directory;
  private final Processes processes;
  private final SwtpmFleet tpms;
  private final Broker broker;
  private final Collector collector;
  private final List<Device> devices = new ArrayList<>();
  private final Thread hook = new Thread(this::abandon, "end of the world");
  private volatile boolean kept;
  private boolean closed;

  private World(Checkout checkout, Path directory) throws IOException {
    this.checkout = checkout;
    this.directory = directory;
    this.processes = new Processes(directory);
    this.tpms = new SwtpmFleet(directory.resolve("tpm"));
    this.broker = new Broker(processes, directory.resolve("broker"));
    this.collector = new Collector(checkout, processes, directory.resolve("collector"));
  }

  /** An empty world. */
  static World create(String name) throws IOException {
    Checkout checkout = Checkout.here();
    Files.createDirectories(checkout.work());
    World world = new World(checkout, folder(checkout.work(), name));
    Runtime.getRuntime().addShutdownHook(world.hook);
    return world;
  }

  /** A short name: Unix sockets below it have at most 107 bytes. */
  private static Path folder(Path parent, String name) throws IOException {
    for (int number = 1; ; number++) {
      try {
        return Files.createDirectory(parent.resolve(name + number));
      } catch (FileAlreadyExistsException _) {
        // Another run's.
      }
    }
  }

  /** TPMs, broker, collector: all but agents. */
  World withCollector(int tpmCount, SwtpmFleet.Progress progress)
      throws IOException, InterruptedException {
    List<String> names =
        IntStream.rangeClosed(1, tpmCount).mapToObj(number -> "meter-" + number).toList();
    List<SwtpmProcess> up = tpms.up(names, progress);
    collector.init(broker, tpms);
    broker.start();
    collector.start();
    for (SwtpmProcess tpm : up) {
      devices.add(
          new Device(
              checkout,
              processes,
              directory.resolve("agents").resolve(tpm.home().name()),
              tpm.home().address()));
    }
    return this;
  }

  /** Everything: agents enrolled, the state of the first accepted for all, and running. */
  static World running(String name, int count, Sensing sensing)
      throws IOException, InterruptedException {
    World world = create(name);
    try {
      world.withCollector(count, (_, _) -> {});
      Path ticket = world.collector.ticket(count);
      for (Device device : world.devices) {
        device.configure(sensing);
        device.enrol(ticket);
      }
      world.collector.ask("reference", "learn", world.devices.getFirst().name());
      for (Device device : world.devices) {
        device.launch();
      }
      for (Device device : world.devices) {
        device.awaitRunning();
      }
      return world;
    } catch (IOException | InterruptedException | RuntimeException e) {
      world.close();
      throw e;
    }
  }

  Path directory() {
    return directory;
  }

  Checkout checkout() {
    return checkout;
  }

  Broker broker() {
    return broker;
  }

  Collector collector() {
    return collector;
  }

  List<Device> devices() {
    return List.copyOf(devices);
  }

  SwtpmProcess tpm(Device device) throws IOException {
    return tpms.tpm(device.name());
  }

  /** A TPM that belongs to no device. */
  SwtpmProcess stranger() throws IOException {
    return tpms.up(List.of("stranger"), (_, _) -> {}).getFirst();
  }

  /** The independent check of a bundle, by the shipped program. */
  Processes.Output verify(Path bundle, Path trust) throws IOException, InterruptedException {
    return processes.run(
        checkout.command(
            "telltale-verify", List.of(bundle.toString(), "--trust", trust.toString())));
  }

  /** A bundle of an envelope with one reading shown. */
  Path bundle(Device device, long sequence) throws IOException, InterruptedException {
    Path file = directory.resolve(device.name() + "-" + sequence + ".tlb");
    collector.ask(
        "export",
        device.name(),
        "--envelope",
        Long.toString(sequence),
        "--item",
        "0",
        "--output",
        file.toString());
    return file;
  }

  /** Whom an auditor trusts. */
  Path trust() throws IOException, InterruptedException {
    Path file = directory.resolve("demo.trust");
    collector.ask("export", "--trust", "--output", file.toString());
    return file;
  }

  /** The folder stays when this world is closed. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // It is running.
    }
  }

  /**
   * This process is being ended, perhaps while it makes TPMs: then there are processes it does not
   * know of, not even as its children. They are known by this folder among their arguments.
   */
  private void abandon() {
    processes.close();
    for (int round = 0; round < 3; round++) {
      ProcessHandle.allProcesses()
          .filter(each -> each.pid() != ProcessHandle.current().pid())
          .filter(each -> each.info().commandLine().orElse("").contains(directory + "/"))
          .forEach(ProcessHandle::destroyForcibly);
    }
    end();
  }

  /** Whoever comes second waits for the first: the process must not end under it. */
  private synchronized void end() {
    if (closed) {
      return;
    }
    closed = true;
    processes.close();
    try {
      if (Files.isDirectory(tpms.directory())) {
        for (SwtpmProcess tpm : tpms.tpms()) {
          tpm.kill();
        }
      }
      for (int tries = 0; !kept && Files.exists(directory) && tries < 5; tries++) {
        delete();
      }
    } catch (IOException e) {
      System.err.println("cannot clean up " + directory + ": " + e.getMessage());
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException | DirectoryNotEmptyException _) {
      // A process that was just killed still wrote or deleted here.
    }
  }
}
