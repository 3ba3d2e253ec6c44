package dev.telltale.collector.admin;

import dev.telltale.collector.commit.Committer;
import dev.telltale.collector.commit.Refusals;
import dev.telltale.collector.commit.Work;
import dev.telltale.collector.commit.Work.Outcome;
import dev.telltale.collector.export.BundleMaker;
import dev.telltale.collector.fleet.Attachment;
import dev.telltale.collector.fleet.Device;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.collector.output.ReadingsReader;
import dev.telltale.ledger.Ledger;
import dev.telltale.platform.admin.AdminHandler;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.message.Proof;
import dev.telltale.protocol.message.Statement;
import dev.telltale.protocol.tpm.PcrValues;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Answers the operator's questions from the fleet, the journal and the committer. */
public final class AdminDesk implements AdminHandler {
  private static final long COMMIT_SECONDS = 30;

  /** What the desk asks itself. */
  public record Sources(
      Ledger ledger,
      Fleet fleet,
      Refusals refusals,
      Committer committer,
      ReadingsReader readings,
      BundleMaker bundles,
      Providers providers,
      PublicPoint operator) {}

  private final Sources sources;

  public AdminDesk(Sources sources) {
    this.sources = sources;
  }

  @Override
  public void handle(byte[] request, Reply reply) throws IOException {
    try {
      switch (Question.decode(Bytes.of(request))) {
        case Question.Devices() -> devices(reply);
        case Question.Readings(String device, long since) -> readings(device, since, reply);
        case Question.Submit(Bytes statement) -> send(reply, submit(statement));
        case Question.Registers(String device) -> send(reply, registers(device));
        case Question.Export export -> send(reply, export(export));
      }
    } catch (MalformedException e) {
      send(reply, new Row.No(e.check().text() + ": " + e.getMessage()));
    }
  }

  private static void send(Reply reply, Row row) throws IOException {
    reply.send(row.encode().toArray());
  }

  private void devices(Reply reply) throws IOException {
    var sorted =
        sources.fleet.devices().stream()
            .sorted(Comparator.comparing(device -> device.record().name()))
            .toList();
    for (Device device : sorted) {
      DeviceId id = device.record().device();
      Optional<Refusals.Waiting> waiting = sources.refusals.of(id);
      send(
          reply,
          new Row.DeviceRow(
              id,
              device.record().name(),
              device.record().group(),
              device.record().grade().text(),
              device.state().sequence(),
              device.state().nextReading() - 1,
              device.state().arrival(),
              waiting.map(held -> held.why().check().text()).orElse(""),
              waiting.map(held -> held.why().text()).orElse("")));
    }
  }

  private void readings(String device, long since, Reply reply) throws IOException {
    Optional<Device> wanted = device.isEmpty() ? Optional.empty() : find(device);
    if (wanted.isEmpty() && !device.isEmpty()) {
      send(reply, unknown(device));
      return;
    }
    sources.readings.read(
        wanted.map(one -> one.record().device()),
        since,
        one ->
            send(
                reply,
                new Row.ReadingRow(
                    one.device(),
                    name(one.device()),
                    one.verdict().tier().text(),
                    String.join(" ", one.verdict().reasons()),
                    one.leaf(),
                    one.item(),
                    one.reading().map(reading -> reading.encode()).orElse(Bytes.EMPTY))));
  }

  private Row submit(Bytes statement) throws IOException, MalformedException {
    Statement.open(sources.providers, statement, sources.operator);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try {
      sources.committer.submit(new Work.Statement(CoseSign1.decode(statement), outcome));
      return switch (outcome.get(COMMIT_SECONDS, TimeUnit.SECONDS)) {
        case Outcome.Placed placed -> new Row.Placed(placed.leaf(), placed.note());
        case Outcome.NotPlaced(var why) -> new Row.No(why.text());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the log");
    } catch (ExecutionException | TimeoutException _) {
      return new Row.No("the log did not take the statement in time");
    }
  }

  private Row registers(String name) throws IOException, MalformedException {
    Optional<Device> found = find(name);
    if (found.isEmpty()) {
      return unknown(name);
    }
    Device device = found.get();
    Optional<PcrValues> held =
        sources.refusals.of(device.record().device()).flatMap(Refusals.Waiting::values);
    PcrValues values = held.isPresent() ? held.get() : enrolled(device);
    return new Row.RegisterRow(
        device.record().device(),
        device.record().name(),
        device.record().group(),
        held.isPresent(),
        values);
  }

  private PcrValues enrolled(Device device) throws IOException, MalformedException {
    Bytes attachment = sources.ledger.read(device.record().leaf()).attachment();
    return switch (Attachment.decode(attachment)) {
      case Attachment.OfEnrolment enrolment -> Proof.decode(enrolment.proof()).values();
      case Attachment.OfEnvelope _, Attachment.OfStatement _ ->
          throw new IOException("leaf " + device.record().leaf() + " is no enrolment: run fsck");
    };
  }

  private Row export(Question.Export export) throws IOException, MalformedException {
    Optional<Device> device = find(export.device());
    if (device.isEmpty()) {
      return unknown(export.device());
    }
    long sequence = export.sequence() == 0 ? device.get().state().sequence() : export.sequence();
    return sources
        .bundles
        .make(device.get(), sequence, export.item())
        .<Row>map(Row.FileRow::new)
        .orElseGet(
            () -> new Row.No(export.device() + " has no envelope " + sequence + " with that item"));
  }

  private Optional<Device> find(String nameOrId) {
    Optional<Device> byId = DeviceId.parse(nameOrId).flatMap(sources.fleet::device);
    return byId.isPresent()
        ? byId
        : sources.fleet.devices().stream()
            .filter(device -> device.record().name().equals(nameOrId))
            .findFirst();
  }

  private String name(DeviceId id) {
    return sources.fleet.device(id).map(device -> device.record().name()).orElse(id.toString());
  }

  private static Row unknown(String device) {
    return new Row.No("no device " + device + ": telltale-collector devices lists them");
  }
}
