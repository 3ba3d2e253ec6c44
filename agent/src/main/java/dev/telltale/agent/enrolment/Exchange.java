package dev.telltale.agent.enrolment;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.OpenTicket;
import dev.telltale.protocol.message.Refusal;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One question and its answer: the message is sent again after silence, and after the time an
 * overloaded collector asks for. What others of the ticket are told is passed over.
 */
final class Exchange {
  private static final System.Logger LOG = System.getLogger("dev.telltale.agent.enrolment");
  private static final Duration FIRST_SILENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  /** About two minutes of silence. */
  private static final int TRIES = 7;

  private final Providers providers;
  private final OpenTicket ticket;
  private final JoinChannel channel;
  private final LongSupplier nanos;

  /** An answer with the message it came in. */
  record Received(Answer answer, Bytes message) {}

  /**
   * For one conversation.
   *
   * @param nanos a clock that only rises
   */
  Exchange(Providers providers, OpenTicket ticket, JoinChannel channel, LongSupplier nanos) {
    this.providers = providers;
    this.ticket = ticket;
    this.channel = channel;
    this.nanos = nanos;
  }

  /**
   * Asks until there is an answer that this function takes.
   *
   * @throws EnrolmentException if the collector refuses, or says nothing
   */
  <T> T ask(Bytes message, Function<Received, Optional<T>> wanted)
      throws EnrolmentException, IOException, InterruptedException {
    Digest own = Sha256.of(message);
    Duration silence = FIRST_SILENCE;
    for (int i = 0; i < TRIES; i++) {
      channel.send(message);
      long until = nanos.getAsLong() + silence.toNanos();
      while (until - nanos.getAsLong() > 0) {
        Optional<Received> received = receive(Duration.ofNanos(until - nanos.getAsLong()));
        Optional<T> answer = received.flatMap(wanted);
        if (answer.isPresent()) {
          return answer.get();
        }
        Optional<Refusal> refusal = received.flatMap(each -> refusal(each.answer(), own));
        if (refusal.isPresent()) {
          until = nanos.getAsLong() + patience(refusal.get()).toNanos();
        }
      }
      Duration doubled = silence.multipliedBy(2);
      silence = doubled.compareTo(LONGEST_SILENCE) < 0 ? doubled : LONGEST_SILENCE;
    }
    throw EnrolmentException.of(
        Check.ENROL_SESSION, "the collector does not answer: is it running, and this its broker?");
  }

  private Optional<Received> receive(Duration patience) throws IOException, InterruptedException {
    Optional<Bytes> message = channel.next(patience);
    if (message.isEmpty()) {
      return Optional.empty();
    }
    try {
      Answer answer = Answer.open(providers, message.get(), ticket.ticket().messageKey());
      return Optional.of(new Received(answer, message.get()));
    } catch (MalformedException e) {
      LOG.log(Level.WARNING, "enrolment.answer.rejected check=" + e.check().text());
      return Optional.empty();
    }
  }

  private Optional<Refusal> refusal(Answer answer, Digest own) {
    return switch (answer) {
      case Answer.Refused refused ->
          Optional.of(refused.refusal())
              .filter(refusal ->
                  refusal.message().equals(own) && refusal.device().equals(ticket.ticket().id()));
      case Answer.Committed other -> Optional.empty();
      case Answer.Challenged other -> Optional.empty();
      case Answer.Activating other -> Optional.empty();
      case Answer.Completed other -> Optional.empty();
    };
  }

  /** How long to wait before asking again, where that can help. */
  private static Duration patience(Refusal refusal) throws EnrolmentException {
    if (!refusal.check().equals(Check.DEVICE_OVERLOAD.text())) {
      throw EnrolmentException.of(refusal.check(), "refused by the collector: " + refusal.text());
    }
    return refusal.retryAfter().isZero() ? Duration.ofSeconds(1) : refusal.retryAfter();
  }
}
