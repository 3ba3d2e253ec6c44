package dev.telltale.auditor;

import dev.telltale.protocol.Check;

/**
 * The quote was made between two moments. The order is proven, for the quote covers the nonce and
 * the checkpoint; the time of day is the collector's.
 */
record ProvenTime(long issued, long arrival, long checkpoint) implements Proven {
  static ProvenTime check(ProvenEnvelope envelope) throws FailedCheck {
    long issued = envelope.manifest().challenge().issued();
    long arrival = envelope.verdict().arrival();
    FailedCheck.unless(
        issued <= arrival,
        Check.CHALLENGE_NONCE,
        "quoted over a nonce of %s, arrived at %s"
            .formatted(Words.time(issued), Words.time(arrival)));
    return new ProvenTime(issued, arrival, envelope.manifest().checkpoint().size());
  }

  @Override
  public String sentence() {
    return "quoted between %s and %s by the collector's clock, when the log had %s entries or more"
        .formatted(Words.time(issued), Words.time(arrival), Words.number(checkpoint));
  }
}
