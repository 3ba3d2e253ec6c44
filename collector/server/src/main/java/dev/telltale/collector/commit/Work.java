package dev.telltale.collector.commit;

import dev.telltale.collector.fleet.Device;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.message.Grade;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What comes to the committer, in the order it came. */
public sealed interface Work {

  /** A lane found an envelope genuine. */
  record Claim(Verified verified, Reply reply) implements Work {}

  /**
   * A lane, or the intake, refuses a message.
   *
   * @param sequence of the envelope, 0 where none could be read
   */
  record Rejection(Refused why, long sequence, Reply reply) implements Work {}

  /** A device shows itself, with the checkpoint it says it has verified; 0 when it says none. */
  record Presence(DeviceId device, long checkpoint) implements Work {}

  /** A verified enrolment asks for its place. */
  record Enrolment(EnrolmentRequest request, CompletableFuture<Outcome> outcome) implements Work {}

  /** A statement the operator signed asks for its place. */
  record Statement(CoseSign1 signed, CompletableFuture<Outcome> outcome) implements Work {}

  /**
   * An enrolment whose proof has been verified.
   *
   * @param ek name of the endorsement key
   * @param from tree size at which the machine's consistency path starts
   */
  record EnrolmentRequest(
      DeviceId ticket,
      Grade grade,
      Bytes ek,
      Bytes hello,
      Bytes activate,
      Bytes proof,
      long from,
      ResultMaker result) {}

  /** Makes the result once it is certain which device the machine is. */
  interface ResultMaker {
    CoseSign1 make(Optional<Device> known);
  }

  /** What became of an enrolment or a statement. */
  sealed interface Outcome {
    /**
     * In the log.
     *
     * @param answer the message for the machine that enrolled; empty for a statement
     */
    record Placed(long leaf, Bytes note, Bytes answer) implements Outcome {}

    record NotPlaced(Refused why) implements Outcome {}
  }
}
