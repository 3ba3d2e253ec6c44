package dev.telltale.e2e;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.OpenTicket;
import dev.telltale.protocol.message.TicketFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The attacks step by step. */
final class Scenes {
  private Scenes() {}

  /**
   * Sends a forgery, which has to leave no trace in the log; the genuine envelope that is sent
   * after it is committed, so the fault was the forgery's only one.
   */
  static Attack.Expected refused(Scene scene, Forgeries.Forgery forgery) throws Exception {
    Stolen stolen = scene.stolen();
    commitGenuine(stolen);
    Envelope forged = forgery.of(scene, stolen);
    long before = stolen.last().manifest().sequence();
    Attack.Expected outcome = outcome(stolen.line().send(forged.encode(), before + 1));
    if (stolen.last().manifest().sequence() != before) {
      throw new IOException("the forgery is in the log");
    }
    commitGenuine(stolen);
    return outcome;
  }

  private static void commitGenuine(Stolen stolen) throws Exception {
    Stolen.Draft draft = stolen.next();
    Bytes genuine = stolen.quoted(draft).encode();
    Answer answer = stolen.line().send(genuine, draft.manifest().sequence());
    if (!(answer instanceof Answer.Committed)) {
      throw new IOException("the genuine envelope is refused: " + outcome(answer));
    }
  }

  private static Attack.Expected outcome(Answer answer) {
    return switch (answer) {
      case Answer.Refused refused ->
          new Attack.Expected(refused.refusal().code().text(), refused.refusal().check());
      case Answer.Committed _ -> new Attack.Expected("receipt", "none");
      case Answer.Challenged _, Answer.Activating _, Answer.Completed _ ->
          throw new IllegalStateException("no answer to an envelope");
    };
  }

  static Attack.Expected wrongTopic(Scene scene) throws Exception {
    Stolen stolen = scene.stolen();
    DeviceId honest = Stolen.identity(scene.honest().getFirst()).device();
    Journal.Committed captured =
        Journal.read(scene.world().collector().journal()).of(honest).getLast();
    return outcome(stolen.line().send(captured.message(), captured.manifest().sequence()));
  }

  /** The broker lets the bootstrap certificate write under the ticket's id. */
  static Attack.Expected unknownDevice(Scene scene) throws Exception {
    Stolen stolen = scene.stolen();
    Providers providers = Providers.jdk();
    OpenTicket ticket =
        OpenTicket.open(
            providers,
            TicketFile.decode(Bytes.of(Files.readAllBytes(scene.world().collector().ticket(1))))
                .signed());
    DeviceId nobody = ticket.ticket().id();
    try (Intruder line =
        Intruder.as(
            nobody,
            new Intruder.Pass(
                ticket.ticket().broker(),
                ticket.ticket().brokerCa(),
                List.of(ticket.ticket().bootstrap().certificate()),
                ticket.bootstrapKey().privateKey()),
            providers,
            ticket.ticket().messageKey())) {
      Digest history = stolen.identity().beginning().result();
      Bytes envelope = stolen.quoted(stolen.draft(nobody, 1, history, 1)).encode();
      return outcome(line.send(envelope, 1));
    }
  }

  static Attack.Expected resetAlone(Scene scene) throws Exception {
    Stolen stolen = scene.stolen();
    commitGenuine(stolen);
    scene.world().tpm(scene.victim()).reset();
    Stolen.Draft draft = stolen.next();
    Attack.Expected outcome =
        outcome(stolen.line().send(stolen.quoted(draft).encode(), draft.manifest().sequence()));
    stolen.boot();
    commitGenuine(stolen);
    return outcome;
  }

  static Attack.Expected replay(Scene scene) throws Exception {
    Stolen stolen = scene.stolen();
    commitGenuine(stolen);
    Journal.Committed last = stolen.last();
    Answer answer = stolen.line().send(last.message(), last.manifest().sequence());
    long places =
        Journal.read(scene.world().collector().journal()).of(stolen.device()).stream()
            .filter(each -> each.manifest().sequence() == last.manifest().sequence())
            .count();
    if (answer instanceof Answer.Committed committed
        && (committed.receipt().leaf() != last.leaf() || places != 1)) {
      throw new IOException("the envelope is in the log " + places + " times");
    }
    return outcome(answer);
  }

  /**
   * The TPM of a device measures something new. What it quotes then waits, and is committed once
   * the operator has accepted the new state.
   */
  static Attack.Expected changedRegisters(Scene scene) throws Exception {
    World world = scene.world();
    Device device = scene.tampered();
    DeviceId id = Stolen.identity(device).device();
    long from = device.log().end();
    world.tpm(device).tamper(0);
    Waiting.until("an envelope is held", () -> !held(device, from).isEmpty());
    String check = Log.field(held(device, from).getFirst(), "check").orElse("");
    long committed = Journal.read(world.collector().journal()).of(id).size();
    boolean shown = !world.collector().device(device.name()).text("held").isEmpty();
    if (Journal.read(world.collector().journal()).of(id).size() != committed) {
      throw new IOException("something is committed in a state nobody has accepted");
    }
    world.collector().ask("reference", "learn", device.name());
    long learnt = device.log().end();
    device.terminate();
    device.start();
    Waiting.until("what waited is committed", () -> device.delivered(learnt) > 0);
    List<Journal.Committed> all = Journal.read(world.collector().journal()).of(id);
    if (all.stream().anyMatch(Scenes::lost)) {
      throw new IOException("readings are lost");
    }
    return new Attack.Expected(shown ? "hold" : "none", check);
  }

  private static List<String> held(Device device, long from) throws IOException {
    return device.log().events("envelope.held", from);
  }

  private static boolean lost(Journal.Committed each) {
    return each.manifest().reason().isPresent();
  }

  static Attack.Expected forgedReceipt(Scene scene) throws Exception {
    return ForgedReceipt.against(scene.world(), scene.honest().getFirst());
  }
}
