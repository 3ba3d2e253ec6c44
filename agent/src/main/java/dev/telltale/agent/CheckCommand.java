package dev.telltale.agent;

import dev.telltale.agent.enrolment.Identity;
import dev.telltale.agent.enrolment.StateDirectory;
import dev.telltale.agent.tpm.TpmContext;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.platform.mqtt.MqttLinkException;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.JsonObject;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.protocol.crypto.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code telltale-agent check}: everything the agent stands on, one line each. */
record CheckCommand(AgentConfig config, Terminal terminal) {
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  ExitCode run(boolean json) {
    List<CheckRow> rows = new ArrayList<>();
    Optional<Identity> identity = identity(rows);
    rows.add(state());
    if (identity.isPresent()) {
      rows.add(tpm(identity.get()));
      rows.add(broker(identity.get()));
      rows.add(clock(identity.get()));
    }
    rows.add(
        CheckRow.note(
            "boot", "nothing measures this board's boot chain; coverage will read \"agent only\""));
    rows.add(
        CheckRow.ok(
            "outbox",
            "%d MiB; a power cut can cost the last %d ms"
                .formatted(config.outbox().size() >> 20, config.outbox().sync().toMillis())));
    rows.addAll(SensorsCommand.check(config, InstantSource.system()));
    boolean sound = rows.stream().noneMatch(CheckRow::failed);
    show(rows, sound, json);
    return sound ? ExitCode.DONE : ExitCode.NO;
  }

  private void show(List<CheckRow> rows, boolean sound, boolean json) {
    if (json) {
      JsonObject all =
          new JsonObject()
              .with("sound", sound)
              .withObjects("checks", rows.stream().map(CheckRow::json).toList());
      terminal.raw(all + "\n");
    } else {
      rows.forEach(row -> row.print(terminal));
    }
  }

  private Optional<Identity> identity(List<CheckRow> rows) {
    try {
      Optional<Identity> identity = StateDirectory.peek(config.state(), Providers.jdk());
      rows.add(
          identity
              .map(known ->
                  CheckRow.ok(
                      "identity",
                      "%s (%s), group %s, leaf %d"
                          .formatted(known.name(), known.device(), known.group(), known.leaf())))
              .orElseGet(
                  () -> CheckRow.fail("identity", String.valueOf(Enrolments.none().getMessage()))));
      return identity;
    } catch (IOException e) {
      rows.add(CheckRow.fail("identity", e.getMessage() + "; run this as the agent's user"));
      return Optional.empty();
    }
  }

  private CheckRow state() {
    return Files.isWritable(config.state())
        ? CheckRow.ok("state", config.state().toString())
        : CheckRow.fail("state", config.state() + " is not there or cannot be written");
  }

  /** A simulated TPM serves one client: if the agent runs, it is the agent who can tell. */
  private CheckRow tpm(Identity identity) {
    try {
      Optional<List<String>> answer = new RunningAgent(config.state()).ask(Requests.CHECK);
      if (answer.isPresent() && !answer.get().isEmpty()) {
        return CheckRow.parse(answer.get().getFirst());
      }
      SecureRandom random = new SecureRandom();
      try (TpmContext tpm = TpmContext.open(config.tpm(), random)) {
        Enrolments.requireKey(tpm, random, identity);
        return new TpmTrial(tpm, identity).run();
      }
    } catch (AgentException e) {
      return CheckRow.fail("tpm", String.valueOf(e.getMessage()));
    } catch (TpmException e) {
      return CheckRow.fail("tpm", config.tpm() + ": " + e.getMessage());
    }
  }

  private static CheckRow broker(Identity identity) {
    String address = identity.broker().address();
    try {
      long start = System.nanoTime();
      BrokerLinks.probe(identity);
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      return CheckRow.ok("broker", "%s lets us in, %d ms".formatted(address, millis));
    } catch (AgentException | MqttLinkException e) {
      return CheckRow.fail("broker", address + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CheckRow.fail("broker", "interrupted");
    }
  }

  private static CheckRow clock(Identity identity) {
    Instant issued = Instant.ofEpochMilli(identity.beginning().challenge().issued());
    Instant now = InstantSource.system().instant();
    return now.plus(TOLERANCE).isBefore(issued)
        ? CheckRow.fail("clock", now + " lies before the enrolment at " + issued + ": set it")
        : CheckRow.ok("clock", now.toString());
  }
}
