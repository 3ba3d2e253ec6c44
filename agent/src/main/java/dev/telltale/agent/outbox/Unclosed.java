package dev.telltale.agent.outbox;

/**
 * Readings that will be in one envelope.
 *
 * @param full no further reading joins them
 */
public record Unclosed(long firstReading, int count, boolean full) {
  static Unclosed of(Run run) {
    return new Unclosed(run.firstReading(), run.count(), run.frozen());
  }
}
