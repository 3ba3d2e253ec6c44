package dev.telltale.platform.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class MosquittoConfigTest {
  private static final MosquittoConfig.Tls TLS =
      new MosquittoConfig.Tls(Path.of("/k/ca.pem"), Path.of("/k/b.pem"), Path.of("/k/b.key"));
  private static final Path ACL = Path.of("/k/acl");

  @Test
  void letsADeviceReachItsOwnTopicsOnly() {
    List<String> rules =
        MosquittoConfig.dropIn(8883, TLS, ACL, "collector")
            .acl()
            .lines()
            .filter(line -> !line.startsWith("#") && !line.isEmpty())
            .toList();
    assertEquals(
        List.of(
            "pattern write telltale/1/up/%u/join",
            "pattern write telltale/1/up/%u/env",
            "pattern write telltale/1/up/%u/state",
            "pattern read telltale/1/dn/%u/answer",
            "user collector",
            "topic readwrite telltale/1/#",
            "topic read $SYS/#"),
        rules);
  }

  @Test
  void refusesValuesThatWouldAddALine() {
    assertThrows(
        IllegalArgumentException.class,
        () -> MosquittoConfig.dropIn(8883, TLS, ACL, "x\ntopic readwrite #"));
    MosquittoConfig sly =
        MosquittoConfig.dropIn(8883, TLS, Path.of("/k/acl\nallow_anonymous true"), "collector");
    assertThrows(IllegalArgumentException.class, sly::conf);
  }

  @Test
  void dropsInUnderTheMainFileOfDebian(@TempDir Path directory) throws Exception {
    assumeTrue(MosquittoBroker.installed(), "mosquitto is not installed");
    ThrowAwayCa authority = new ThrowAwayCa("test CA");
    MosquittoBroker.start(directory, authority).close();
    MosquittoConfig.Tls tls =
        new MosquittoConfig.Tls(
            directory.resolve("ca.pem"),
            directory.resolve("broker.pem"),
            directory.resolve("broker.key"));
    Path conf = Files.createDirectories(directory.resolve("conf.d")).resolve("telltale.conf");
    Files.writeString(
        directory.resolve("mosquitto.conf"),
        """
        user %s
        pid_file %s/mosquitto.pid
        persistence true
        persistence_location %s/data/
        log_dest file %s/mosquitto.log
        include_dir %s
        """
            .formatted(
                System.getProperty("user.name"),
                directory,
                directory,
                directory,
                conf.getParent()));
    Path acl = directory.resolve("acl");
    try (MosquittoBroker broker =
        MosquittoBroker.start(
            directory,
            port -> MosquittoConfig.dropIn(port, tls, acl, "collector"),
            "conf.d/telltale.conf")) {
      assertFalse(Files.readString(conf).contains("persistence_location"));
      MqttSettings settings = broker.settings(authority.client(authority.issue("d")), "client");
      try (MqttLink link = MqttLink.connect(settings, new Inbox())) {
        link.publish("telltale/1/up/d/env", new byte[1], false, Duration.ofSeconds(20));
        assertTrue(link.connected());
      }
    }
  }
}
