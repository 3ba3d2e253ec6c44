package dev.telltale.collector.commit;

import dev.telltale.collector.commit.Work.Outcome;
import dev.telltale.collector.fleet.Attachment;
import dev.telltale.collector.fleet.Device;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Enrolled;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.tlog.Leaf;
import java.util.Optional;

/** The committer's part in enrolments and statements: their entries and their answers. */
final class Enrolling {
  private final Committer.World world;
  private final Answers answers;

  Enrolling(Committer.World world, Answers answers) {
    this.world = world;
    this.answers = answers;
  }

  void admit(Batch batch, Work.Enrolment work) {
    Work.EnrolmentRequest request = work.request();
    Optional<Refused> refusal = refusal(batch, request);
    if (refusal.isPresent()) {
      work.outcome().complete(new Outcome.NotPlaced(refusal.get()));
      return;
    }
    Optional<Device> known =
        world
            .fleet()
            .byEndorsementKey(request.ek())
            .map(device -> batch.staged(device.record().device()).orElse(device));
    CoseSign1 result = request.result().make(known);
    Bytes salt = Attachment.salt(world.random());
    long leaf;
    Result content;
    try {
      content = Result.decode(result.payload());
      leaf = batch.add(leaf(request, content, salt), attachment(request, salt, result));
      batch.enrols(request.ticket(), request.ek(), content.device());
    } catch (MalformedException e) {
      throw new IllegalStateException("our own enrolment result cannot be read", e);
    }
    batch.answer(() ->
        work.outcome()
            .complete(
                new Outcome.Placed(
                    leaf,
                    world.ledger().checkpointNote(),
                    enrolled(request, content, result, leaf, salt))));
  }

  private Optional<Refused> refusal(Batch batch, Work.EnrolmentRequest request) {
    if (request.from() > world.ledger().size()) {
      return Optional.of(
          Refused.hold(
              Check.CHECKPOINT_UNKNOWN,
              "the ticket's checkpoint is of size "
                  + request.from()
                  + ", the log of "
                  + world.ledger().size()));
    }
    boolean admitted =
        world
            .fleet()
            .invitation(request.ticket())
            .map(invitation -> invitation.admits(request.ek(), batch.enrolling(request.ticket())))
            .orElse(false);
    if (!admitted) {
      return Optional.of(Refused.hold(Check.TICKET_USED, "the ticket has no use left"));
    }
    return batch.enrolling(request.ticket()).contains(request.ek())
        ? Optional.of(Refused.overload())
        : Optional.empty();
  }

  private static Leaf leaf(Work.EnrolmentRequest request, Result result, Bytes salt)
      throws MalformedException {
    Hello hello = Hello.decode(CoseSign1.decode(request.hello()).payload());
    EnrolmentFacts facts =
        new EnrolmentFacts(
            result.device(),
            hello.ak(),
            result.suite(),
            request.grade(),
            result.nextReading(),
            result.closing());
    Bytes messages = Preimages.enrolmentMessages(result.hello(), result.activate(), result.proof());
    return Leaf.enrolment(salt, Sha256.of(facts.encode()), Sha256.of(messages));
  }

  private static Attachment attachment(
      Work.EnrolmentRequest request, Bytes salt, CoseSign1 result) {
    return new Attachment.OfEnrolment(
        salt,
        request.ticket(),
        request.grade(),
        request.hello(),
        request.activate(),
        request.proof(),
        result.encoded());
  }

  private Bytes enrolled(
      Work.EnrolmentRequest request, Result content, CoseSign1 result, long leaf, Bytes salt) {
    return new Enrolled(
            result.encoded(),
            answers.enrolmentReceipt(leaf, salt, request.from()),
            answers.firstChallenge(content.device()))
        .encode();
  }

  void state(Batch batch, Work.Statement work) {
    Bytes salt = Attachment.salt(world.random());
    Leaf leaf = Leaf.statement(salt, Sha256.of(work.signed().payload()));
    long index = batch.add(leaf, new Attachment.OfStatement(salt, work.signed().encoded()));
    batch.answer(() ->
        work.outcome()
            .complete(new Outcome.Placed(index, world.ledger().checkpointNote(), Bytes.EMPTY)));
  }
}
