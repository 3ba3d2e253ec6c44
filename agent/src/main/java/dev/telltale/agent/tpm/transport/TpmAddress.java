package dev.telltale.agent.tpm.transport;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the TPM is: a device node, or a simulator's data socket. */
public sealed interface TpmAddress {
  /** The kernel's node; {@code /dev/tpmrm0} isolates its clients, {@code /dev/tpm0} does not. */
  record Device(Path path) implements TpmAddress {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  record UnixSocket(Path path) implements TpmAddress {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  record Tcp(String host, int port) implements TpmAddress {
    @Override
    public String toString() {
      return "tcp:" + host + ":" + port;
    }
  }

  /**
   * Reads {@code /dev/tpmrm0}, {@code unix:/absolute/path} or {@code tcp:host:port}.
   *
   * @throws IllegalArgumentException with what is allowed, for the line of the configuration file
   */
  static TpmAddress parse(String text) {
    if (text.startsWith("/dev/")) {
      return new Device(Path.of(text));
    }
    if (text.startsWith("unix:/")) {
      return new UnixSocket(Path.of(text.substring("unix:".length())));
    }
    Matcher tcp = Pattern.compile("tcp:([^:\\s]+|\\[[0-9a-fA-F:]+\\]):(\\d{1,5})").matcher(text);
    if (tcp.matches()) {
      int port = Integer.parseInt(tcp.group(2));
      if (port >= 1 && port <= 65_535) {
        return new Tcp(tcp.group(1).replaceAll("[\\[\\]]", ""), port);
      }
    }
    throw new IllegalArgumentException(
        "a TPM is \"/dev/tpmrm0\", \"unix:/path/data.sock\" or \"tcp:host:port\", not \""
            + text
            + "\"");
  }

  /** Whether it is a simulator: no kernel sends Startup and Shutdown. */
  default boolean simulated() {
    return switch (this) {
      case Device device -> false;
      case UnixSocket unix -> true;
      case Tcp tcp -> true;
    };
  }

  /** Whether a resource manager stands between the clients and flushes what they leave behind. */
  default boolean managed() {
    return switch (this) {
      case Device device -> device.path().getFileName().toString().startsWith("tpmrm");
      case UnixSocket unix -> false;
      case Tcp tcp -> false;
    };
  }
}
