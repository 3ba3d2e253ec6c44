package dev.telltale.agent.uplink;

import dev.telltale.agent.outbox.ClosedEnvelope;
import dev.telltale.agent.outbox.Outbox;
import dev.telltale.agent.receipt.ChallengeOutcome;
import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.agent.receipt.NotChallenge;
import dev.telltale.agent.receipt.NotReceipt;
import dev.telltale.agent.receipt.ReceiptOutcome;
import dev.telltale.agent.receipt.VerifiedChallenge;
import dev.telltale.agent.receipt.VerifiedReceipt;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.DeviceStatus;
import dev.telltale.protocol.message.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What is said and what follows from the answers. For one thread, which calls {@link #advance} when
 * something has happened or its wait is over.
 */
final class Conversation {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration STATE_PAUSE = Duration.ofSeconds(60);

  /** What an overloaded collector is given after it has shown that it is there. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  private final Outbox outbox;
  private final Collector collector;
  private final LongSupplier nanos;
  private final Journalist journalist;
  private final Refusals refusals;
  private final Window window;
  private final Pause astray = new Pause(FIRST_PAUSE, STATE_PAUSE);
  private Optional<Uplink.Session> session = Optional.empty();
  private long nextState;

  Conversation(Outbox outbox, Collector collector, LongSupplier nanos, Journalist journalist) {
    this.outbox = outbox;
    this.collector = collector;
    this.nanos = nanos;
    this.journalist = journalist;
    this.window = new Window(nanos.getAsLong());
    this.nextState = nanos.getAsLong();
    this.refusals = new Refusals(outbox, collector, window, nanos, journalist);
  }

  /** The state to show, with the newest checkpoint verified. */
  DeviceStatus state(boolean online) {
    HeldCheckpoint newest = outbox.checkpoint();
    return new DeviceStatus(online, newest.size(), newest.root());
  }

  void connected(Uplink.Session opened) throws IOException {
    session = Optional.of(opened);
    long now = nanos.getAsLong();
    window.reconnected(oldest(), now);
    window.shorten(now + BREATH.toNanos());
  }

  void disconnected() {
    session = Optional.empty();
  }

  private long oldest() throws IOException {
    return outbox.state().waiting().oldest();
  }

  /** Sends what is due; nanoseconds until something may be due without anything happening. */
  long advance() throws IOException, UplinkException, InterruptedException {
    if (session.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long now = nanos.getAsLong();
    if (window.silent(now)) {
      window.oldest().ifPresent(sent -> journalist.silence(sent.sequence()));
      window.afterSilence();
      window.restart(oldest(), now);
    }
    while (window.room(nanos.getAsLong()) > 0) {
      List<ClosedEnvelope> ready = outbox.unreleased(window.next(), window.room(now));
      if (ready.isEmpty()) {
        break;
      }
      for (ClosedEnvelope envelope : ready) {
        send(session.get(), envelope);
      }
    }
    return window.untilDue(nanos.getAsLong());
  }

  private void send(Uplink.Session to, ClosedEnvelope envelope)
      throws IOException, UplinkException, InterruptedException {
    Bytes message = outbox.message(envelope).encode();
    to.send(message);
    window.sent(new Window.Sent(envelope, Sha256.of(message)), nanos.getAsLong());
    journalist.sent(envelope);
  }

  /** One message on the answer topic, from whomever. */
  void answered(Bytes message) throws IOException, UplinkException, InterruptedException {
    Answer answer;
    try {
      answer = Answer.open(collector.providers(), message, collector.messageKey());
    } catch (MalformedException e) {
      journalist.dropped("answer", e.check(), String.valueOf(e.getMessage()));
      return;
    }
    switch (answer) {
      case Answer.Committed committed -> committed(committed.receipt());
      case Answer.Refused refused -> refusals.refused(refused.refusal());
      case Answer.Challenged challenged -> challenged(challenged.signed().encoded());
      case Answer.Activating activating -> notHere();
      case Answer.Completed completed -> notHere();
    }
  }

  private void notHere() {
    journalist.dropped("answer", Check.FORM_KIND, "of an enrolment");
  }

  private void committed(Receipt receipt)
      throws IOException, UplinkException, InterruptedException {
    long oldest = oldest();
    List<ClosedEnvelope> waiting = outbox.unreleased(oldest, 1);
    if (waiting.isEmpty() || receipt.sequence() < oldest) {
      journalist.old(receipt.sequence());
      return;
    }
    ClosedEnvelope envelope = waiting.getFirst();
    if (receipt.sequence() > oldest) {
      // The one before it got lost, and its path may start where we are not.
      journalist.dropped("receipt", Check.ORDER_SEQUENCE, "envelope " + receipt.sequence());
      goneAstray();
      return;
    }
    ReceiptOutcome outcome =
        collector
            .receipts()
            .verify(receipt, envelope.encoded(), envelope.evidence().attest(), outbox.checkpoint());
    switch (outcome) {
      case NotReceipt not -> rejected("receipt", not.check(), not.detail());
      case VerifiedReceipt verified -> release(envelope, receipt.leaf(), verified);
    }
  }

  private void release(ClosedEnvelope envelope, long leaf, VerifiedReceipt verified)
      throws IOException {
    if (outbox.release(verified)) {
      window.released(envelope.sequence(), nanos.getAsLong());
      refusals.progress();
      astray.reset();
      journalist.committed(envelope, leaf, verified.verdict());
    }
  }

  private void challenged(Bytes encoded) throws IOException, UplinkException, InterruptedException {
    ChallengeOutcome outcome =
        collector
            .challenges()
            .verify(
                encoded,
                collector.device(),
                OptionalLong.of(outbox.challenge().issued()),
                outbox.checkpoint());
    switch (outcome) {
      case NotChallenge not -> rejected("challenge", not.check(), not.detail());
      case VerifiedChallenge verified -> {
        window.shorten(nanos.getAsLong() + BREATH.toNanos());
        if (outbox.accept(verified)) {
          journalist.challenge(verified.challenge().issued());
        }
      }
    }
  }

  private void rejected(String what, Check check, String detail)
      throws IOException, UplinkException, InterruptedException {
    journalist.dropped(what, check, detail);
    if (check == Check.RECEIPT_FROM || check == Check.RECEIPT_STALE) {
      goneAstray();
    }
  }

  /** Says where we are, and sends again: the collector starts its paths from there. */
  private void goneAstray() throws IOException, UplinkException, InterruptedException {
    long now = nanos.getAsLong();
    if (session.isEmpty() || nextState - now > 0) {
      return;
    }
    session.get().publish(state(true));
    window.restart(oldest(), now);
    Duration pause = astray.next();
    nextState = now + (pause.isZero() ? FIRST_PAUSE : pause).toNanos();
  }
}
