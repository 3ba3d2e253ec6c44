package dev.telltale.collector.commit;

import dev.telltale.collector.fleet.Attachment;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.tpm.PcrValues;
import java.util.Optional;

/** What is said when a batch is durable, and to whom. For the committer's thread alone. */
final class Replies {
  private final Committer.World world;
  private final Answers answers;

  Replies(Committer.World world, Answers answers) {
    this.world = world;
    this.answers = answers;
  }

  void receipt(Work.Claim claim, long leaf, Attachment.OfEnvelope entry) {
    DeviceId id = claim.verified().manifest().device();
    long sequence = claim.verified().manifest().sequence();
    world.refusals().committed(id);
    world.outbound().send(id, answers.receipt(id, sequence, leaf, entry), claim.reply().done());
    challengeIfOld(id);
  }

  /** Refuses what a lane found genuine. */
  void refuse(Work.Claim claim, Refused why) {
    Verified verified = claim.verified();
    long sequence = verified.manifest().sequence();
    note(claim.reply().device(), sequence, why, acceptable(verified, why));
    refuse(claim.reply(), sequence, why);
  }

  /** Refuses what a lane, or the intake, would not have. */
  void refuse(Work.Rejection rejection) {
    note(rejection.reply().device(), rejection.sequence(), rejection.why(), Optional.empty());
    refuse(rejection.reply(), rejection.sequence(), rejection.why());
  }

  /**
   * Only registers of evidence that has everything but a reference set may be shown to an operator
   * for acceptance: an old envelope, sent again, is genuine too.
   */
  private static Optional<PcrValues> acceptable(Verified verified, Refused why) {
    return why.check() == Check.REFERENCE_NONE || why.check() == Check.REFERENCE_VALUES
        ? Optional.of(verified.envelope().values())
        : Optional.empty();
  }

  private void note(DeviceId device, long sequence, Refused why, Optional<PcrValues> values) {
    if (world.fleet().device(device).isPresent()) {
      long number = sequence == 0 ? Long.MAX_VALUE : sequence;
      world
          .refusals()
          .refused(device, new Refusals.Waiting(why, number, world.clock().millis(), values));
    }
  }

  private void refuse(Reply reply, long sequence, Refused why) {
    System.getLogger(Replies.class.getName())
        .log(
            System.Logger.Level.INFO,
            "envelope.refused device={0} seq={1} check={2} code={3}: {4}",
            reply.device(),
            Long.toString(sequence),
            why.check().text(),
            why.code().text(),
            why.detail());
    world.outbound().send(reply.device(), answers.refusal(reply, sequence, why), reply.done());
    challengeIfOld(reply.device());
  }

  /** A device shows itself: it gets a challenge, from where it says it is. */
  void present(Work.Presence presence) {
    if (world.fleet().device(presence.device()).isPresent()) {
      answers.heard(presence.device(), presence.checkpoint());
      world.outbound().send(presence.device(), answers.challenge(presence.device()), () -> {});
    }
  }

  private void challengeIfOld(DeviceId id) {
    if (world.fleet().device(id).isPresent()) {
      answers
          .challengeIfOld(id)
          .ifPresent(challenge -> world.outbound().send(id, challenge, () -> {}));
    }
  }
}
