package dev.telltale.agent.uplink;

import dev.telltale.agent.outbox.ClosedEnvelope;
import dev.telltale.protocol.Digest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;

/**
 * What has been sent and not been answered, and when something may be sent next. Times are
 * nanoseconds of a clock that only rises. For one thread.
 */
final class Window {
  /** Enough to keep a batch of the collector busy, half of what it takes from one device. */
  static final int SIZE = 8;

  private static final Duration FIRST_SILENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final ArrayDeque<Sent> flying = new ArrayDeque<>();
  private Optional<Hold> hold = Optional.empty();
  private long next = 1;
  private int limit = SIZE;
  private Duration silence = FIRST_SILENCE;
  private long resendAt;
  private long pausedUntil;

  /**
   * An envelope on its way.
   *
   * @param message hash of the message as it was sent
   */
  record Sent(ClosedEnvelope envelope, Digest message) {
    long sequence() {
      return envelope.sequence();
    }
  }

  /** The collector does not want this envelope before that time, nor a later one. */
  private record Hold(long sequence, long until, boolean overload) {}

  Window(long now) {
    this.pausedUntil = now;
  }

  /** Number of the envelope to send next. */
  long next() {
    return next;
  }

  /** How many more may be sent now. */
  int room(long now) {
    return blockedFor(now) > 0 ? 0 : Math.max(0, limit - flying.size());
  }

  private long blockedFor(long now) {
    long held = hold.filter(h -> next >= h.sequence).map(h -> h.until - now).orElse(Long.MIN_VALUE);
    return Math.max(held, pausedUntil - now);
  }

  void sent(Sent envelope, long now) {
    if (flying.isEmpty()) {
      resendAt = now + silence.toNanos();
    }
    flying.addLast(envelope);
    next = envelope.sequence() + 1;
  }

  /** The envelope whose bytes these are. */
  Optional<Sent> find(Digest message) {
    return flying.stream().filter(sent -> sent.message.equals(message)).findFirst();
  }

  Optional<Sent> oldest() {
    return Optional.ofNullable(flying.peekFirst());
  }

  /** Nanoseconds until there may be something to do without anything having happened. */
  long untilDue(long now) {
    long silent = flying.isEmpty() ? Long.MAX_VALUE : resendAt - now;
    long blocked = blockedFor(now);
    return Math.max(0, blocked > 0 ? Math.min(silent, blocked) : silent);
  }

  /** Whether nobody has answered for too long. */
  boolean silent(long now) {
    return !flying.isEmpty() && resendAt - now <= 0;
  }

  void afterSilence() {
    Duration doubled = silence.multipliedBy(2);
    silence = doubled.compareTo(LONGEST_SILENCE) < 0 ? doubled : LONGEST_SILENCE;
  }

  /** The envelope is in the log: the way is free again. */
  void released(long sequence, long now) {
    for (Iterator<Sent> sent = flying.iterator(); sent.hasNext(); ) {
      if (sent.next().sequence() <= sequence) {
        sent.remove();
      }
    }
    hold = hold.filter(h -> h.sequence > sequence);
    next = Math.max(next, sequence + 1);
    limit = hold.isPresent() ? 1 : SIZE;
    silence = FIRST_SILENCE;
    resendAt = now + silence.toNanos();
    pausedUntil = now;
  }

  /** Nothing from this envelope on, until then; after that it alone, until it passes. */
  void hold(long sequence, long until, boolean overload) {
    flying.removeIf(sent -> sent.sequence() >= sequence);
    next = Math.min(next, sequence);
    limit = 1;
    hold = Optional.of(new Hold(sequence, until, overload));
  }

  /** The collector was only too busy, and has shown that it is there. */
  void shorten(long until) {
    hold = hold.map(h -> h.overload && h.until - until > 0 ? new Hold(h.sequence, until, true) : h);
  }

  /** From the oldest again, one at first, but not before then. */
  void restart(long oldest, long until) {
    flying.clear();
    next = oldest;
    limit = 1;
    pausedUntil = until;
  }

  /** On a new connection everything that is not released is sent again. */
  void reconnected(long oldest, long now) {
    flying.clear();
    next = oldest;
    limit = hold.isPresent() ? 1 : SIZE;
    silence = FIRST_SILENCE;
    pausedUntil = now;
  }
}
