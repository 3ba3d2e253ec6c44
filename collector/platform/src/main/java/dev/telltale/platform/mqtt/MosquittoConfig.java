package dev.telltale.platform.mqtt;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration of a Mosquitto 2 broker for Telltale, as text. Its defaults lose messages after
 * they were acknowledged and offer topic aliases; both are changed here.
 *
 * @param bind the address to listen on; empty for all
 * @param persistence where the broker keeps sessions; empty when its main file says so already
 * @param log a file, or empty for what the main file says
 * @param user whom to run as when started as root; empty for the broker's default
 * @param aclFile where {@link #acl} will be
 * @param collector the common name of the collector's certificate
 */
public record MosquittoConfig(
    Optional<String> bind,
    int port,
    Tls tls,
    Path aclFile,
    String collector,
    Optional<Path> persistence,
    Optional<Path> log,
    Optional<String> user) {

  /** What a client may send in one packet: a message of one mebibyte and its topic. */
  static final int MAXIMUM_PACKET = (1 << 20) + (64 << 10);

  /** Messages either side may have in flight; MQTT's own limit. */
  static final int MAXIMUM_IN_FLIGHT = 65_535;

  /**
   * Messages queued for one client that is away. Not 0 for unlimited: Mosquitto 2.0.11 then
   * disconnects every client whose publish the ACL denies.
   */
  static final int MAXIMUM_QUEUED_MESSAGES = 10_000_000;

  /** Bytes queued for one client that is away; the rest stays on the devices. */
  static final long MAXIMUM_QUEUED_BYTES = 512L << 20;

  /**
   * PEM files of the broker.
   *
   * @param authority who certifies the clients
   */
  public record Tls(Path authority, Path certificate, Path key) {}

  public MosquittoConfig {
    if (!collector.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("not a user name: " + collector);
    }
  }

  /**
   * A file for {@code /etc/mosquitto/conf.d}: on Debian the main file sets persistence and log, and
   * Mosquitto refuses to start when a setting is given twice.
   */
  public static MosquittoConfig dropIn(int port, Tls tls, Path aclFile, String collector) {
    Optional<Path> main = Optional.empty();
    return new MosquittoConfig(
        Optional.empty(), port, tls, aclFile, collector, main, main, Optional.empty());
  }

  /** The text of mosquitto.conf. */
  public String conf() {
    StringBuilder text = new StringBuilder();
    text.append("# Written by telltale-collector init for Mosquitto 2.\n");
    text.append("# Who connects shows a certificate of this CA; its common name is the user.\n");
    line(text, "listener", port + bind.map(address -> " " + address).orElse(""));
    line(text, "cafile", tls.authority());
    line(text, "certfile", tls.certificate());
    line(text, "keyfile", tls.key());
    line(text, "tls_version", "tlsv1.2");
    line(text, "require_certificate", true);
    line(text, "use_identity_as_username", true);
    text.append("# Paho resends aliases of a connection that is gone: offer none.\n");
    line(text, "max_topic_alias", 0);
    text.append("\n");
    line(text, "allow_anonymous", false);
    line(text, "acl_file", aclFile);
    user.ifPresent(name -> line(text, "user", name));
    text.append("\n# The defaults (1000 queued, 20 in flight) drop messages that were accepted.\n");
    line(text, "max_queued_messages", MAXIMUM_QUEUED_MESSAGES);
    line(text, "max_queued_bytes", MAXIMUM_QUEUED_BYTES);
    line(text, "max_inflight_messages", MAXIMUM_IN_FLIGHT);
    line(text, "max_packet_size", MAXIMUM_PACKET);
    line(text, "max_keepalive", 3_600);
    line(text, "set_tcp_nodelay", true);
    line(text, "autosave_interval", 60);
    line(text, "persistent_client_expiration", "60d");
    persistence.ifPresent(folder -> {
      line(text, "persistence", true);
      line(text, "persistence_location", folder + "/");
    });
    log.ifPresent(file -> {
      line(text, "log_dest", "file " + file);
      line(text, "log_type", "error");
      line(text, "log_type", "warning");
      line(text, "log_type", "notice");
    });
    return text.toString();
  }

  /** The text of the ACL file: a device reaches its own four topics, the collector all. */
  public String acl() {
    return """
    # Written by telltale-collector init. %%u is the common name of the client's certificate:
    # a device id, or a ticket's id during enrolment.
    pattern write telltale/1/up/%%u/join
    pattern write telltale/1/up/%%u/env
    pattern write telltale/1/up/%%u/state
    pattern read telltale/1/dn/%%u/answer

    user %s
    topic readwrite telltale/1/#
    topic read $SYS/#
    """
        .formatted(collector);
  }

  private static void line(StringBuilder text, String key, Object value) {
    String shown = value.toString();
    if (shown.indexOf('\n') >= 0 || shown.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a line break in " + key);
    }
    text.append(key).append(' ').append(shown).append('\n');
  }
}
