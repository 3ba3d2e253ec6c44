package dev.telltale.agent.uplink;

import dev.telltale.agent.outbox.Outbox;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What follows from a refusal the collector has signed. No refusal makes the device delete
 * anything; the worst it can do is to make it wait for an hour.
 */
final class Refusals {
  private static final Duration SOONEST = Duration.ofSeconds(1);
  private static final Duration FIRST_REWIND = Duration.ofSeconds(1);
  private static final Duration LONGEST_REWIND = Duration.ofHours(1);

  /** A chain that does not fit is for a person to look at; until then this often. */
  private static final Duration CONTRADICTION = Duration.ofMinutes(10);

  private final Outbox outbox;
  private final Collector collector;
  private final Window window;
  private final LongSupplier nanos;
  private final Journalist journalist;
  private final Pause rewinds = new Pause(FIRST_REWIND, LONGEST_REWIND);

  Refusals(
      Outbox outbox,
      Collector collector,
      Window window,
      LongSupplier nanos,
      Journalist journalist) {
    this.outbox = outbox;
    this.collector = collector;
    this.window = window;
    this.nanos = nanos;
    this.journalist = journalist;
  }

  /** An envelope has been committed. */
  void progress() {
    rewinds.reset();
  }

  void refused(Refusal refusal) throws IOException {
    if (!refusal.device().equals(collector.device())) {
      journalist.dropped("refusal", Check.ANSWER_DEVICE, "for " + refusal.device());
      return;
    }
    Optional<Window.Sent> own = window.find(refusal.message());
    if (own.isEmpty()) {
      // Changed on the way, or answered already: sent again after silence, if at all.
      journalist.dropped("refusal", Check.ANSWER_HASH, "envelope " + refusal.sequence());
      return;
    }
    long sequence = own.get().sequence();
    journalist.refused(sequence, refusal);
    switch (refusal.code()) {
      case HOLD, LOG, WITHDRAW -> hold(sequence, refusal);
      case REWIND -> rewind(sequence, refusal);
    }
  }

  private void hold(long sequence, Refusal refusal) {
    boolean overload = refusal.check().equals(Check.DEVICE_OVERLOAD.text());
    hold(sequence, refusal.retryAfter(), overload);
  }

  private void hold(long sequence, Duration retryAfter, boolean overload) {
    Duration wait = retryAfter.compareTo(SOONEST) > 0 ? retryAfter : SOONEST;
    window.hold(sequence, nanos.getAsLong() + wait.toNanos(), overload);
  }

  /**
   * The collector stands at a manifest of ours: from the oldest again, since all that is not
   * released needs its receipt. If it stands where this very envelope comes next, or at a manifest
   * that is not ours, sending again helps nobody.
   */
  private void rewind(long sequence, Refusal refusal) throws IOException {
    Optional<Long> position = positionInOurChain(refusal);
    if (position.isEmpty() || position.get() == sequence - 1) {
      journalist.contradiction(sequence, position.isPresent());
      boolean longer = refusal.retryAfter().compareTo(CONTRADICTION) > 0;
      hold(sequence, longer ? refusal.retryAfter() : CONTRADICTION, false);
      return;
    }
    long oldest = outbox.state().waiting().oldest();
    Duration pause = rewinds.next();
    window.restart(oldest, nanos.getAsLong() + pause.toNanos());
    journalist.rewound(position.get(), oldest);
  }

  /** Sequence of the manifest we are shown, if it is the one we made. */
  private Optional<Long> positionInOurChain(Refusal refusal) throws IOException {
    Refusal.Position shown = refusal.position().orElseThrow();
    long sequence;
    Digest hash;
    switch (shown) {
      case Refusal.Enrolment(var result) -> {
        sequence = 0;
        hash = collector.suite().hash(result);
      }
      case Refusal.Committed committed -> {
        try {
          sequence = Manifest.decode(committed.manifest()).sequence();
        } catch (MalformedException e) {
          return Optional.empty();
        }
        hash = collector.suite().hash(committed.manifest());
      }
    }
    return outbox.manifestHash(sequence).filter(hash::equals).map(own -> sequence);
  }
}
