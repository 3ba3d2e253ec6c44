package dev.telltale.agent.uplink;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How delivery is going, for people and metrics. Counts are since this start.
 *
 * @param connection why there is none, if there is none
 * @param dropped answers that did not verify
 * @param lastLeaf index of the newest committed envelope in the log
 * @param refusal the last one, while nothing has been committed since
 */
public record UplinkStatus(
    boolean connected,
    Optional<String> connection,
    long envelopes,
    long readings,
    long dropped,
    OptionalLong lastLeaf,
    Optional<Refused> refusal) {
  static final UplinkStatus NONE =
      new UplinkStatus(false, Optional.empty(), 0, 0, 0, OptionalLong.empty(), Optional.empty());

  /**
   * What the collector said.
   *
   * @param since when it said so first
   */
  public record Refused(long sequence, String code, String check, String text, Instant since) {}

  UplinkStatus connected(boolean now, Optional<String> why) {
    return new UplinkStatus(now, why, envelopes, readings, dropped, lastLeaf, refusal);
  }

  UplinkStatus committed(long leaf, int count) {
    return new UplinkStatus(
        connected,
        connection,
        envelopes + 1,
        readings + count,
        dropped,
        OptionalLong.of(leaf),
        Optional.empty());
  }

  UplinkStatus refused(Refused why) {
    Instant since =
        refusal
            .filter(last -> last.check.equals(why.check) && last.sequence == why.sequence)
            .map(Refused::since)
            .orElse(why.since);
    Refused first = new Refused(why.sequence, why.code, why.check, why.text, since);
    return new UplinkStatus(
        connected, connection, envelopes, readings, dropped, lastLeaf, Optional.of(first));
  }

  UplinkStatus oneDropped() {
    return new UplinkStatus(
        connected, connection, envelopes, readings, dropped + 1, lastLeaf, refusal);
  }
}
