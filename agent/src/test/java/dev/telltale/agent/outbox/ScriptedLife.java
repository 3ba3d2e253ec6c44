package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.TestLog;
import dev.telltale.agent.receipt.VerifiedChallenge;
import dev.telltale.agent.receipt.VerifiedReceipt;
import dev.telltale.platform.durable.FaultyDisk;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Everything an agent does with its outbox, over several segments, and what it was promised so far.
 * {@link #check} opens the outbox as a power cut left it and looks for each promise.
 */
final class ScriptedLife {
  private final Life life = new Life();

  /** What was offered, by number; up to {@code synced} it must be there. */
  private final NavigableMap<Long, Bytes> offered = new TreeMap<>();

  private long synced;
  private final NavigableMap<Long, ClosedEnvelope> closed = new TreeMap<>();
  private long released;

  /** One more may be found released while a release is under way. */
  private boolean releasing;

  private long issued = TestLog.NOON;
  private long checkpoint;
  private boolean keyed;

  /** A life in which all kinds of records meet, more than once, on both sides of a new segment. */
  void run(FaultyDisk disk) throws IOException {
    Outbox outbox = life.open(disk);
    key(outbox, 1);
    for (int round = 0; round < 9; round++) {
      add(outbox, 14_000);
      add(outbox, 300);
      outbox.sync();
      synced = offered.lastKey();
      if (round == 5) {
        outbox.close();
        outbox = life.open(disk);
        key(outbox, 2);
      }
      accept(outbox);
      add(outbox, 14_000);
      OpenBatch batch = outbox.oldestBatch().orElseThrow();
      synced = offered.lastKey();
      add(outbox, 500);
      close(outbox, batch);
      if (round == 0 || round > 3) {
        release(outbox);
      }
    }
    key(outbox, 3);
    while (outbox.oldestUnclosed().isPresent()) {
      close(outbox, outbox.oldestBatch().orElseThrow());
    }
    close(outbox, outbox.emptyBatch().orElseThrow());
    while (!outbox.unreleased(1, 1).isEmpty()) {
      release(outbox);
    }
  }

  private void key(Outbox outbox, int id) throws IOException {
    outbox.key(Life.key(id));
    keyed = true;
    synced = offered.isEmpty() ? 0 : offered.lastKey();
  }

  private void add(Outbox outbox, int length) throws IOException {
    SealedReading reading = Life.reading(outbox.nextReading(), length, offered.size());
    offered.put(reading.number(), reading.ciphertext());
    outbox.add(reading);
  }

  private void accept(Outbox outbox) throws IOException {
    VerifiedChallenge challenge = life.challenge(outbox, 1);
    require(outbox.accept(challenge), "a challenge is not accepted");
    issued = challenge.challenge().issued();
    checkpoint = challenge.advance().to().size();
    synced = offered.lastKey();
  }

  private void close(Outbox outbox, OpenBatch batch) throws IOException {
    ClosedEnvelope envelope = Life.close(outbox, batch);
    closed.put(envelope.sequence(), envelope);
    synced = offered.lastKey();
  }

  private void release(Outbox outbox) throws IOException {
    VerifiedReceipt receipt = life.receipt(outbox);
    releasing = true;
    require(outbox.release(receipt), "a receipt does not release");
    releasing = false;
    released = receipt.sequence();
    checkpoint = receipt.advance().to().size();
    synced = offered.lastKey();
  }

  private static void require(boolean condition, String what) throws IOException {
    if (!condition) {
      throw new IOException(what);
    }
  }

  /** Says what of the promises is broken, by throwing. */
  void check(FaultyDisk disk) throws IOException {
    long sequence;
    try (Outbox outbox = life.open(disk)) {
      checkNumbers(outbox);
      while (outbox.oldestBatch().isPresent()) {
        Life.closeOldest(outbox);
      }
      if (keyed) {
        Life.close(outbox, outbox.emptyBatch().orElseThrow());
      }
      checkEnvelopes(outbox);
      sequence = outbox.state().waiting().next();
    }
    for (FaultyDisk again : disk.powerCuts(2, 1)) {
      try (Outbox outbox = life.open(again)) {
        require(outbox.state().waiting().next() == sequence, "closed after recovery, and lost");
        checkEnvelopes(outbox);
      }
    }
  }

  private void checkNumbers(Outbox outbox) throws IOException {
    OutboxState state = outbox.state();
    long last = offered.isEmpty() ? 0 : offered.lastKey();
    long next = state.nextReading();
    require(next > synced && next <= last + 1, "next reading " + next + ", synced " + synced);
    long lastClosed = closed.isEmpty() ? 0 : closed.lastKey();
    long sequence = state.waiting().next();
    require(
        sequence == lastClosed + 1 || sequence == lastClosed + 2,
        "next envelope " + sequence + " after " + lastClosed);
    long oldest = state.waiting().oldest();
    require(
        oldest == released + 1 || (releasing && oldest == released + 2),
        "oldest unreleased " + oldest + " after " + released);
    require(state.challengeIssued() >= issued, "challenge " + state.challengeIssued());
    require(state.checkpoint().size() >= checkpoint, "checkpoint " + state.checkpoint().size());
  }

  /** After all is closed: one chain, with every reading that must be there, each once. */
  private void checkEnvelopes(Outbox outbox) throws IOException {
    long oldest = outbox.state().waiting().oldest();
    long reading = 1;
    Digest previous = Life.RESULT;
    if (oldest > 1) {
      ClosedEnvelope before = Objects.requireNonNull(closed.get(oldest - 1));
      reading = before.manifest().nextReading();
      previous = TestLog.SUITE.hash(before.encoded());
    }
    for (ClosedEnvelope envelope : all(outbox)) {
      ClosedEnvelope known = closed.getOrDefault(oldest, envelope);
      require(envelope.sequence() == oldest, "envelope " + oldest + " is missing");
      require(known.encoded().equals(envelope.encoded()), "a second manifest " + oldest);
      require(envelope.manifest().previous().equals(previous), "the chain breaks at " + oldest);
      require(envelope.manifest().firstReading() == reading, "reading " + reading + " is missing");
      for (Bytes ciphertext : outbox.message(envelope).ciphertexts()) {
        require(
            ciphertext.equals(offered.getOrDefault(reading, Bytes.EMPTY)),
            "reading " + reading + " is another");
        reading++;
      }
      require(envelope.manifest().nextReading() == reading, "readings missing in " + oldest);
      previous = TestLog.SUITE.hash(envelope.encoded());
      oldest++;
    }
    require(reading > synced, "reading " + reading + " of " + synced + " is lost");
  }

  private static List<ClosedEnvelope> all(Outbox outbox) throws IOException {
    List<ClosedEnvelope> all = new ArrayList<>();
    List<ClosedEnvelope> next = outbox.unreleased(1, 5);
    while (!next.isEmpty()) {
      all.addAll(next);
      next = outbox.unreleased(all.getLast().sequence() + 1, 5);
    }
    return all;
  }
}
