package dev.telltale.platform.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A real Mosquitto on a free port of the loopback interface, with the configuration the product
 * ships, its own throw-away authority, persistent sessions and a log file. Start, stop, kill and
 * start again; the port stays. {@link #close} ends it.
 */
public final class MosquittoBroker implements AutoCloseable {
  /** The name in the broker's certificate, besides 127.0.0.1. */
  public static final String HOST = "localhost";

  /** The common name of the collector's certificate. */
  public static final String COLLECTOR = "collector";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 3;

  private final Path directory;
  private final int port;
  private @Nullable Process process;

  private MosquittoBroker(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** Whether this machine has a Mosquitto to start. */
  public static boolean installed() {
    return program().isPresent();
  }

  private static Optional<String> program() {
    for (String candidate : new String[] {"/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto"}) {
      if (Files.isExecutable(Path.of(candidate))) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** Starts one whose clients are certified by {@code authority}, all of whose files it makes. */
  public static MosquittoBroker start(Path directory, ThrowAwayCa authority)
      throws IOException, GeneralSecurityException {
    ThrowAwayCa.Identity broker = authority.issue("broker", HOST, "127.0.0.1");
    Path ca = directory.resolve("ca.pem");
    Path certificate = directory.resolve("broker.pem");
    Path key = directory.resolve("broker.key");
    Files.createDirectories(directory);
    Files.writeString(ca, ThrowAwayCa.pem(authority.certificate()));
    Files.writeString(certificate, ThrowAwayCa.pem(broker.certificate()));
    Files.writeString(key, ThrowAwayCa.pem(broker.key()));
    return start(directory, new MosquittoConfig.Tls(ca, certificate, key));
  }

  /** Starts one over given PEM files; {@code directory} takes its own. */
  public static MosquittoBroker start(Path directory, MosquittoConfig.Tls tls) throws IOException {
    Path data = directory.resolve("data");
    Files.createDirectories(data);
    return start(
        directory,
        port ->
            new MosquittoConfig(
                Optional.of("127.0.0.1"),
                port,
                tls,
                directory.resolve("acl"),
                COLLECTOR,
                Optional.of(data),
                Optional.of(directory.resolve("mosquitto.log")),
                Optional.of(System.getProperty("user.name"))),
        "mosquitto.conf");
  }

  /** Starts one with any configuration, written to {@code file}. */
  static MosquittoBroker start(Path directory, IntFunction<MosquittoConfig> config, String file)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      MosquittoBroker broker = new MosquittoBroker(directory, freePort());
      MosquittoConfig settings = config.apply(broker.port);
      Files.writeString(settings.aclFile(), settings.acl());
      Files.writeString(directory.resolve(file), settings.conf());
      try {
        broker.start();
        return broker;
      } catch (IOException e) {
        // Somebody else may have taken the port in between.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public MqttAddress address() {
    return new MqttAddress(HOST, port);
  }

  /** Settings for one client of this broker. */
  public MqttSettings settings(SSLContext tls, String clientId) {
    return MqttSettings.to(address(), tls, clientId);
  }

  /** What the broker logged. */
  public Path log() {
    return directory.resolve("mosquitto.log");
  }

  public long pid() {
    return running().pid();
  }

  /** Starts the process and waits until it accepts connections. */
  public void start() throws IOException {
    String program =
        program().orElseThrow(() -> new IOException("mosquitto is not installed: apt install it"));
    Process started =
        new ProcessBuilder(program, "-c", directory.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("mosquitto.out").toFile())
            .start();
    process = started;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!accepts()) {
      if (!started.isAlive() || System.nanoTime() > end) {
        started.destroyForcibly();
        throw new IOException(
            "mosquitto does not start: "
                + Files.readString(directory.resolve("mosquitto.out"))
                + (Files.exists(log()) ? Files.readString(log()) : ""));
      }
      Thread.onSpinWait();
    }
  }

  private boolean accepts() {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGTERM: the broker saves its sessions first. */
  public void stop() {
    end(running()::destroy);
  }

  /** SIGKILL: what the broker had not saved is lost. */
  public void kill() {
    end(running()::destroyForcibly);
  }

  public void restart() throws IOException {
    stop();
    start();
  }

  /** SIGSTOP or SIGCONT: a broker that hangs with its sockets open. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
  }

  private void end(Runnable how) {
    Process ending = running();
    how.run();
    try {
      if (!ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        ending.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      ending.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    process = null;
  }

  private Process running() {
    Process current = process;
    if (current == null) {
      throw new UncheckedIOException(new IOException("the broker is not running"));
    }
    return current;
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
