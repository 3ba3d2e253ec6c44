package dev.telltale.agent;

import dev.telltale.agent.enrolment.Identity;
import dev.telltale.agent.envelope.Closer;
import dev.telltale.agent.outbox.Outbox;
import dev.telltale.agent.outbox.OutboxState;
import dev.telltale.agent.sensor.SensorLoop;
import dev.telltale.agent.sensor.SensorStatus;
import dev.telltale.agent.uplink.UplinkLoop;
import dev.telltale.agent.uplink.UplinkStatus;
import dev.telltale.platform.terminal.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How the running agent is. Readings taken, stored and delivered are counted since its start. */
record StatusReport(
    Identity identity, Outbox outbox, UplinkLoop uplink, Closer closer, SensorLoop sensors) {

  JsonObject json() throws IOException {
    OutboxState state = outbox.state();
    UplinkStatus delivery = uplink.status();
    JsonObject json =
        new JsonObject()
            .with("device", identity.device().toString())
            .with("name", identity.name())
            .with("connected", delivery.connected())
            .with("taken", taken())
            .with("stored", state.taken())
            .with("delivered", delivery.readings())
            .with("waiting", waiting(state))
            .with("not_stored", state.notStored())
            .with("envelopes_delivered", delivery.envelopes())
            .with("envelopes_waiting", state.waiting().envelopes())
            .with("next_envelope", state.waiting().next())
            .with("next_reading", state.nextReading())
            .with("checkpoint_size", state.checkpoint().size())
            .with("answers_dropped", delivery.dropped())
            .with("sensors_ended", sensors.status().stream().allMatch(SensorStatus::ended));
    state
        .waiting()
        .since()
        .ifPresentOrElse(
            since -> json.with("oldest_waiting", Instant.ofEpochMilli(since).toString()),
            () -> json.withNull("oldest_waiting"));
    delivery
        .lastLeaf()
        .ifPresentOrElse(leaf -> json.with("last_leaf", leaf), () -> json.withNull("last_leaf"));
    delivery
        .refusal()
        .ifPresentOrElse(
            refusal -> json.with("refusal", refusal(refusal)), () -> json.withNull("refusal"));
    return json.withStrings("faults", faults(delivery));
  }

  private static JsonObject refusal(UplinkStatus.Refused refusal) {
    return new JsonObject()
        .with("envelope", refusal.sequence())
        .with("code", refusal.code())
        .with("check", refusal.check())
        .with("text", refusal.text())
        .with("since", refusal.since().toString());
  }

  List<String> lines() throws IOException {
    OutboxState state = outbox.state();
    UplinkStatus delivery = uplink.status();
    List<String> lines = new ArrayList<>();
    lines.add(row("device", identity.name() + " (" + identity.device() + ")"));
    lines.add(row("collector", delivery.connected() ? "connected" : "not connected"));
    lines.add(
        row(
            "readings",
            "%d taken, %d stored, %d delivered, %d waiting, %d not stored"
                .formatted(
                    taken(),
                    state.taken(),
                    delivery.readings(),
                    waiting(state),
                    state.notStored())));
    String since =
        state.waiting().since().map(at -> ", since " + Instant.ofEpochMilli(at)).orElse("");
    lines.add(
        row(
            "envelopes",
            "%d delivered, %d waiting%s"
                .formatted(delivery.envelopes(), state.waiting().envelopes(), since)));
    String leaf =
        delivery.lastLeaf().isPresent() ? ", last leaf " + delivery.lastLeaf().getAsLong() : "";
    lines.add(row("log", "at " + state.checkpoint().size() + leaf));
    delivery
        .refusal()
        .ifPresent(why ->
            lines.add(
                row(
                    "refused",
                    "%s %s since %s: %s"
                        .formatted(why.code(), why.check(), why.since(), why.text()))));
    faults(delivery).forEach(fault -> lines.add(row("fault", fault)));
    return lines;
  }

  private static String row(String what, String text) {
    return "%-11s %s".formatted(what, text);
  }

  private long taken() {
    return sensors.status().stream().mapToLong(one -> one.taken() + one.refused()).sum();
  }

  private static long waiting(OutboxState state) {
    return state.unclosedReadings() + state.waiting().readings();
  }

  private List<String> faults(UplinkStatus delivery) {
    List<String> faults = new ArrayList<>();
    delivery.connection().ifPresent(why -> faults.add("collector: " + why));
    closer.fault().ifPresent(why -> faults.add("tpm: " + why));
    for (SensorStatus sensor : sensors.status()) {
      sensor.fault().ifPresent(why -> faults.add(sensor.name() + ": " + why));
    }
    return faults;
  }
}
