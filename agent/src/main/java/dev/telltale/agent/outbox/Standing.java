package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Manifest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the journal amounts to so far. It changes by {@link #apply} only, in the life of the program
 * and in recovery alike. Not thread-safe.
 */
final class Standing {
  private final Suite suite;
  private final Digest enrolment;
  private Entry.Counters counters;
  private Digest previous;
  private HeldCheckpoint checkpoint;
  private HeldChallenge challenge;
  private Optional<PlacedKey> key;
  private final Deque<Run> runs;

  /** The key in force and where the current segment has it. */
  record PlacedKey(KeyRecord record, long position) {}

  private Standing(Suite suite, Entry.Snapshot snapshot, long position) {
    this.suite = suite;
    this.enrolment = snapshot.enrolment();
    this.counters = snapshot.counters();
    this.previous = snapshot.previous();
    this.checkpoint = snapshot.checkpoint();
    this.challenge = snapshot.challenge();
    this.key = snapshot.key().map(record -> new PlacedKey(record, position));
    this.runs = new ArrayDeque<>(snapshot.runs());
  }

  static Standing at(Suite suite, Entry.Snapshot snapshot, long position) {
    return new Standing(suite, snapshot, position);
  }

  /** Before the first record of a device. */
  static Entry.Snapshot beginning(Beginning beginning) {
    long first = beginning.nextReading();
    return new Entry.Snapshot(
        beginning.result(),
        new Entry.Counters(first, first, 1, 1, 0),
        beginning.result(),
        beginning.checkpoint(),
        beginning.challenge(),
        Optional.empty(),
        List.of());
  }

  /** For the head of a new segment. */
  Entry.Snapshot snapshot() {
    return new Entry.Snapshot(
        enrolment,
        counters,
        previous,
        checkpoint,
        challenge,
        key.map(PlacedKey::record),
        new ArrayList<>(runs));
  }

  /** Takes an entry that is in the journal, at this position. */
  void apply(Entry entry, long position) {
    switch (entry) {
      case Entry.Key(KeyRecord record) -> key = Optional.of(new PlacedKey(record, position));
      case Entry.Stored(SealedReading reading) -> stored(reading, position);
      case Entry.Frozen() -> freezeLast();
      case Entry.Closed(ClosedEnvelope envelope) -> closed(envelope);
      case Entry.Released(long sequence, HeldCheckpoint next) -> released(sequence, next);
      case Entry.Challenged(HeldChallenge next, HeldCheckpoint with) -> {
        challenge = next;
        checkpoint = with;
      }
      case Entry.Skipped(long next) -> advance(next, next - counters.nextReading());
      case Entry.Snapshot _ -> throw new IllegalStateException("a snapshot inside a segment");
    }
  }

  private void stored(SealedReading reading, long position) {
    long keyPosition = key.orElseThrow(() -> new IllegalStateException("no key")).position();
    long skipped = reading.number() - counters.nextReading();
    if (skipped < 0) {
      throw new IllegalStateException("reading " + reading.number() + " comes twice");
    }
    Run last = runs.peekLast();
    if (last != null && last.takes(reading, keyPosition)) {
      runs.removeLast();
      runs.addLast(last.with(reading));
    } else {
      freezeLast();
      runs.addLast(Run.of(reading, new Place(keyPosition, position)));
    }
    advance(reading.number() + 1, skipped);
  }

  private void advance(long nextReading, long skipped) {
    counters =
        new Entry.Counters(
            nextReading,
            counters.expectedReading(),
            counters.nextSequence(),
            counters.oldest(),
            counters.notStored() + skipped);
  }

  /** The next number is used up, and no reading has it. */
  void skip() {
    advance(counters.nextReading() + 1, 1);
  }

  private void freezeLast() {
    Run last = runs.pollLast();
    if (last != null) {
      runs.addLast(last.freeze());
    }
  }

  private void closed(ClosedEnvelope envelope) {
    Manifest manifest = envelope.manifest();
    requireNext(manifest);
    if (manifest.count() > 0) {
      runs.removeFirst();
    }
    counters =
        new Entry.Counters(
            counters.nextReading(),
            manifest.nextReading(),
            manifest.sequence() + 1,
            counters.oldest(),
            counters.notStored());
    previous = suite.hash(envelope.encoded());
  }

  /** The one manifest that may have this sequence number is over the oldest readings. */
  void requireNext(Manifest manifest) {
    Run first = runs.peekFirst();
    boolean fits =
        manifest.count() == 0
            ? manifest.firstReading() <= counters.nextReading()
                && (first == null || manifest.firstReading() <= first.firstReading())
            : first != null
                && first.frozen()
                && first.firstReading() == manifest.firstReading()
                && first.count() == manifest.count();
    boolean linked =
        manifest.sequence() == counters.nextSequence() && manifest.previous().equals(previous);
    if (!fits || !linked || manifest.firstReading() < counters.expectedReading()) {
      throw new IllegalStateException(
          "manifest " + manifest.sequence() + " does not continue the journal");
    }
  }

  private void released(long sequence, HeldCheckpoint next) {
    if (sequence != counters.oldest() || sequence >= counters.nextSequence()) {
      throw new IllegalStateException("release of " + sequence + " out of order");
    }
    checkpoint = next;
    counters =
        new Entry.Counters(
            counters.nextReading(),
            counters.expectedReading(),
            counters.nextSequence(),
            sequence + 1,
            counters.notStored());
  }

  Digest enrolment() {
    return enrolment;
  }

  Entry.Counters counters() {
    return counters;
  }

  Digest previous() {
    return previous;
  }

  HeldCheckpoint checkpoint() {
    return checkpoint;
  }

  HeldChallenge challenge() {
    return challenge;
  }

  Optional<PlacedKey> key() {
    return key;
  }

  /**
   * The key in force is now found at the head of a new segment, so that older ones can go. The open
   * run gets no further reading: it names the old position.
   */
  void moveKey(long position) {
    key = key.map(placed -> new PlacedKey(placed.record(), position));
  }

  Optional<Run> oldestRun() {
    return Optional.ofNullable(runs.peekFirst());
  }

  Optional<Run> lastRun() {
    return Optional.ofNullable(runs.peekLast());
  }

  int runCount() {
    return runs.size();
  }

  int unclosed() {
    return runs.stream().mapToInt(Run::count).sum();
  }
}
