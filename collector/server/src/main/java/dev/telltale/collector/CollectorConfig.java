package dev.telltale.collector;

import dev.telltale.platform.config.ConfigException;
import dev.telltale.platform.config.Toml;
import dev.telltale.platform.mqtt.MqttAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code collector.toml}: all a collector needs to be told.
 *
 * @param origin name of the log: a host and path without scheme
 * @param state everything the collector writes
 * @param challengeLife an envelope that arrives longer after its challenge is labelled late
 * @param ekRoots certificates of TPM manufacturers, PEM or DER
 * @param simulationRoots certificates of simulations, which are believed as such and no more
 */
record CollectorConfig(
    String origin,
    MqttAddress broker,
    Path state,
    Duration challengeLife,
    List<Path> ekRoots,
    List<Path> simulationRoots) {

  static final Path DEFAULT = Path.of("/etc/telltale/collector.toml");
  private static final String STATE = "/var/lib/telltale-collector";

  static CollectorConfig read(Path file) throws ConfigException {
    Toml toml = Toml.read(file);
    String origin = toml.string("origin").required();
    if (!origin.matches("[!-*,-~]{1,128}")) {
      throw toml.error("origin", "is a name without spaces and '+', for example example.org/north");
    }
    MqttAddress broker;
    try {
      broker = MqttAddress.parse(toml.string("broker").required());
    } catch (IllegalArgumentException e) {
      throw toml.error("broker", "is mqtts://host:port");
    }
    Path state = toml.path("state").or(Path.of(STATE));
    Toml challenge = toml.table("challenge");
    Duration life =
        challenge
            .duration("life", Duration.ofMinutes(1), Duration.ofDays(3_650))
            .or(Duration.ofDays(7));
    Toml enrolment = toml.table("enrolment");
    List<Path> ekRoots = paths(enrolment, "ek-roots");
    List<Path> simulations = paths(enrolment, "simulation-roots");
    toml.finish();
    return new CollectorConfig(origin, broker, state, life, ekRoots, simulations);
  }

  private static List<Path> paths(Toml table, String key) throws ConfigException {
    return table.strings(key).or(List.of()).stream().map(Path::of).toList();
  }

  Path keys() {
    return state.resolve("keys");
  }

  Path journal() {
    return state.resolve("ledger/journal");
  }

  Path adminSocket() {
    return state.resolve("admin.sock");
  }

  Path mosquitto() {
    return state.resolve("mosquitto");
  }
}
