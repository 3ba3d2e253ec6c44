package dev.telltale.agent.enrolment;

import dev.telltale.agent.outbox.Beginning;
import dev.telltale.agent.receipt.ChallengeOutcome;
import dev.telltale.agent.receipt.ChallengeVerifier;
import dev.telltale.agent.receipt.EnrolmentOutcome;
import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.agent.receipt.LogKeys;
import dev.telltale.agent.receipt.NotChallenge;
import dev.telltale.agent.receipt.NotReceipt;
import dev.telltale.agent.receipt.ReceiptVerifier;
import dev.telltale.agent.receipt.VerifiedChallenge;
import dev.telltale.agent.receipt.VerifiedEnrolment;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.Enrolled;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.OpenTicket;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Result;
import java.util.OptionalLong;

/** Believes the end of an enrolment only if every part of it fits what the machine itself sent. */
final class ResultVerifier {
  private final Providers providers;
  private final Suite suite;
  private final OpenTicket ticket;
  private final LogKeys log;

  ResultVerifier(Providers providers, Suite suite, OpenTicket ticket, LogKeys log) {
    this.providers = providers;
    this.suite = suite;
    this.ticket = ticket;
    this.log = log;
  }

  /**
   * A result in which nothing is left to check.
   *
   * @param grade for which the EK was accepted
   */
  record Verified(Result result, Grade grade, long leaf, Beginning beginning) {}

  /**
   * Verifies all but the signature of the result, which has been.
   *
   * @param message the whole answer
   * @param ticketCheckpoint where the receipt's path starts
   */
  Verified verify(
      Answer.Completed completed, Bytes message, Sent sent, HeldCheckpoint ticketCheckpoint)
      throws EnrolmentException {
    Result result = completed.result();
    requireBound(result, sent);
    DeviceCertificates.verify(result, sent.tls().spki(), ticket.ticket().brokerCa());
    Enrolment enrolment = enrolment(completed, sent, ticketCheckpoint);
    VerifiedChallenge challenge = challenge(message, result, enrolment.proof().checkpoint());
    Beginning beginning =
        new Beginning(
            suite.hash(completed.signed().payload()),
            result.nextReading(),
            challenge.advance().to(),
            challenge.challenge());
    return new Verified(result, enrolment.grade(), enrolment.proof().leaf(), beginning);
  }

  private void requireBound(Result result, Sent sent) throws EnrolmentException {
    boolean bound =
        result.suite() == suite.number()
            && result.correlation().equals(sent.correlation())
            && result.hello().equals(sent.hello())
            && result.activate().equals(sent.activate())
            && result.proof().equals(sent.proof());
    if (!bound) {
      throw EnrolmentException.of(Check.ENROL_BINDING, "the result is of another enrolment");
    }
  }

  private record Enrolment(Grade grade, VerifiedEnrolment proof) {}

  /** The result does not say for which grade; the leaf does, to whoever tries. */
  private Enrolment enrolment(Answer.Completed completed, Sent sent, HeldCheckpoint from)
      throws EnrolmentException {
    ReceiptVerifier verifier = new ReceiptVerifier(suite, log);
    Bytes messages = Preimages.enrolmentMessages(sent.hello(), sent.activate(), sent.proof());
    NotReceipt last = new NotReceipt(Check.ENROL_GRADE, "the ticket accepts no grade");
    for (Grade grade : ticket.invite().grades()) {
      Bytes facts = facts(completed.result(), sent, grade).encode();
      EnrolmentOutcome outcome =
          verifier.verifyEnrolment(
              completed.receipt(), suite.hash(facts), suite.hash(messages), from);
      switch (outcome) {
        case VerifiedEnrolment verified -> {
          return new Enrolment(grade, verified);
        }
        case NotReceipt not -> last = not;
      }
    }
    throw EnrolmentException.of(
        last.check(), "the receipt of the enrolment does not verify: " + last.detail());
  }

  private EnrolmentFacts facts(Result result, Sent sent, Grade grade) {
    return new EnrolmentFacts(
        result.device(),
        sent.attestationKey().publicArea(),
        suite.number(),
        grade,
        result.nextReading(),
        result.closing());
  }

  private VerifiedChallenge challenge(Bytes message, Result result, HeldCheckpoint newest)
      throws EnrolmentException {
    Bytes encoded;
    try {
      encoded = Enrolled.decode(message).challenge();
    } catch (MalformedException e) {
      throw EnrolmentException.of("the first challenge", e);
    }
    ChallengeVerifier verifier =
        new ChallengeVerifier(providers, ticket.ticket().messageKey(), log, suite.number());
    ChallengeOutcome outcome =
        verifier.verify(encoded, result.device(), OptionalLong.empty(), newest);
    return switch (outcome) {
      case VerifiedChallenge verified -> verified;
      case NotChallenge not ->
          throw EnrolmentException.of(
              not.check(), "the first challenge does not verify: " + not.detail());
    };
  }
}
