package dev.telltale.platform.systemd;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Tells systemd how we are (sd_notify(3)). Outside of a unit every message goes nowhere, and so
 * does one that cannot be sent: a service is not stopped because nobody listens.
 */
public final class ServiceManager {
  private static final int LONGEST_STATUS = 200;

  private final Optional<NotifySocket> socket;
  private final Optional<Duration> watchdog;

  private ServiceManager(Optional<NotifySocket> socket, Optional<Duration> watchdog) {
    this.socket = socket;
    this.watchdog = watchdog;
  }

  /** The service manager the environment names, if it does. */
  public static ServiceManager of(Map<String, String> environment) {
    String path = environment.getOrDefault("NOTIFY_SOCKET", "");
    Optional<NotifySocket> socket =
        path.startsWith("/") || path.startsWith("@")
            ? Optional.of(new NotifySocket(path))
            : Optional.empty();
    return new ServiceManager(socket, socket.flatMap(found -> watchdog(environment)));
  }

  /** sd_watchdog_enabled(3): meant for us only if WATCHDOG_PID is ours or absent. */
  private static Optional<Duration> watchdog(Map<String, String> environment) {
    String own = Long.toString(ProcessHandle.current().pid());
    if (!environment.getOrDefault("WATCHDOG_PID", own).equals(own)) {
      return Optional.empty();
    }
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    return micros.matches("[1-9][0-9]{0,15}")
        ? Optional.of(Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros), 1_000L)))
        : Optional.empty();
  }

  /** How long we may be silent before we are killed; notify at half of it. */
  public Optional<Duration> watchdog() {
    return watchdog;
  }

  /** Everything local runs. Not to wait for the network: a device offline must boot, too. */
  public boolean ready(String status) {
    return send("READY=1\nSTATUS=" + line(status));
  }

  /** The line that {@code systemctl status} shows. */
  public boolean status(String status) {
    return send("STATUS=" + line(status));
  }

  /** A sign of life. */
  public boolean alive() {
    return send("WATCHDOG=1");
  }

  /** We have begun to stop. */
  public boolean stopping() {
    return send("STOPPING=1");
  }

  private boolean send(String state) {
    return socket.isPresent() && socket.get().send(state);
  }

  private static String line(String status) {
    String line = status.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST_STATUS ? line : line.substring(0, LONGEST_STATUS);
  }
}
