package dev.telltale.agent.uplink;

import dev.telltale.agent.outbox.ClosedEnvelope;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.message.Refusal;
import dev.telltale.protocol.message.Verdict;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what happens: one line an event, under names that stay, without keys, nonces or payloads;
 * and the status for whoever asks, from any thread.
 */
final class Journalist {
  private static final System.Logger LOG = System.getLogger("dev.telltale.agent.uplink");

  private final InstantSource clock;
  private final Set<Check> told = EnumSet.noneOf(Check.class);
  private volatile UplinkStatus status = UplinkStatus.NONE;

  Journalist(InstantSource clock) {
    this.clock = clock;
  }

  UplinkStatus status() {
    return status;
  }

  private static void log(Level level, String line) {
    LOG.log(level, line);
  }

  /** What a peer wrote, without what could begin another line or field. */
  private static String plain(String text) {
    return text.replaceAll("[^\\x21-\\x7E]", "_");
  }

  void connected() {
    status = status.connected(true, Optional.empty());
    log(Level.INFO, "uplink.connected");
  }

  void disconnected(String why) {
    boolean same = !status.connected() && status.connection().equals(Optional.of(why));
    status = status.connected(false, Optional.of(why));
    log(same ? Level.DEBUG : Level.WARNING, "uplink.disconnected why=\"%s\"".formatted(why));
  }

  void stopped() {
    status = status.connected(false, Optional.of("stopped"));
    log(Level.INFO, "uplink.stopped");
  }

  void sent(ClosedEnvelope envelope) {
    log(
        Level.INFO,
        "envelope.sent device=%s seq=%d readings=%d"
            .formatted(
                envelope.manifest().device(), envelope.sequence(), envelope.manifest().count()));
  }

  void silence(long sequence) {
    log(Level.INFO, "envelope.unanswered seq=%d".formatted(sequence));
  }

  void committed(ClosedEnvelope envelope, long leaf, Verdict verdict) {
    int count = envelope.manifest().count();
    status = status.committed(leaf, count);
    log(
        Level.INFO,
        "envelope.committed seq=%d leaf=%d readings=%d tier=%s"
            .formatted(
                envelope.sequence(), leaf, count, verdict.tier().name().toLowerCase(Locale.ROOT)));
  }

  void refused(long sequence, Refusal refusal) {
    String code = refusal.code().text();
    status =
        status.refused(
            new UplinkStatus.Refused(
                sequence, code, refusal.check(), refusal.text(), clock.instant()));
    log(
        Level.WARNING,
        "envelope.%s seq=%d check=%s retry-after=%d"
            .formatted(
                switch (refusal.code()) {
                  case REWIND -> "refused";
                  case HOLD, LOG, WITHDRAW -> "held";
                },
                sequence,
                plain(refusal.check()),
                refusal.retryAfter().toSeconds()));
  }

  void rewound(long shown, long oldest) {
    log(Level.INFO, "envelope.rewound shown=%d from=%d".formatted(shown, oldest));
  }

  /** Two stories about one chain: a restored backup, a clone, or malice. */
  void contradiction(long sequence, boolean ours) {
    log(
        Level.ERROR,
        "chain.contradiction seq=%d shown=%s".formatted(sequence, ours ? "ours" : "foreign"));
  }

  void challenge(long issued) {
    log(Level.DEBUG, "challenge.accepted issued=%d".formatted(issued));
  }

  void old(long sequence) {
    log(Level.DEBUG, "receipt.repeated seq=%d".formatted(sequence));
  }

  /** Counted always, told once for each check: who sends nonsense shall not fill the disk. */
  void dropped(String what, Check check, String detail) {
    status = status.oneDropped();
    Level first = check == Check.RECEIPT_FORK ? Level.ERROR : Level.WARNING;
    Level level = told.add(check) ? first : Level.DEBUG;
    log(level, "%s.rejected check=%s detail=\"%s\"".formatted(what, check.text(), detail));
  }
}
