package dev.telltale.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A real Mosquitto on a free port of loopback, with the configuration the collector has written.
 */
final class Broker {
  private final Processes processes;
  private final Path directory;
  private final int port;
  private Optional<Process> process = Optional.empty();

  Broker(Processes processes, Path directory) throws IOException {
    this.processes = processes;
    this.directory = directory;
    this.port = freePort();
    Files.createDirectories(directory);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  String address() {
    return "mqtts://127.0.0.1:" + port;
  }

  /** What a packaged Mosquitto says in its own file and {@code init} therefore leaves out. */
  void configure(Path written) throws IOException {
    String listener = "(?m)^listener .*$";
    String conf =
        Pattern.compile(listener)
            .matcher(Files.readString(written))
            .replaceFirst("listener " + port + " 127.0.0.1");
    StringBuilder text = new StringBuilder(conf);
    text.append("\npersistence true\npersistence_location ").append(directory).append("/\n");
    text.append("log_dest file ").append(directory.resolve("mosquitto.log")).append('\n');
    if (System.getProperty("user.name", "").equals("root")) {
      text.append("user root\n");
    }
    Files.writeString(directory.resolve("mosquitto.conf"), text);
  }

  void start() throws IOException, InterruptedException {
    Path sbin = Path.of("/usr/sbin/mosquitto");
    Process started =
        processes.start(
            List.of(
                Files.isExecutable(sbin) ? sbin.toString() : "mosquitto",
                "-c",
                directory.resolve("mosquitto.conf").toString()),
            directory.resolve("output.log"));
    process = Optional.of(started);
    Waiting.until(
        "mosquitto listens",
        () -> {
          if (!started.isAlive()) {
            throw new IOException(
                "mosquitto ended: " + new Log(directory.resolve("mosquitto.log")).tail());
          }
          return listens();
        });
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void kill() throws InterruptedException {
    processes.kill(process.orElseThrow());
    process = Optional.empty();
  }

  /** In order: what it keeps for others is written. */
  void terminate() throws IOException, InterruptedException {
    processes.terminate(process.orElseThrow());
    process = Optional.empty();
  }
}
