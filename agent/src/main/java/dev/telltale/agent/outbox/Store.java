package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.Advance;
import dev.telltale.agent.receipt.VerifiedChallenge;
import dev.telltale.agent.receipt.VerifiedReceipt;
import dev.telltale.platform.durable.Disk;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What {@link Outbox} does, for one thread at a time. */
final class Store implements AutoCloseable {
  /** So many losses may be forgotten by a power cut, or a sixteenth of all. */
  private static final int UNRECORDED = 16;

  private final Suite suite;
  private final Journal journal;
  private final Room room;
  private final Standing standing;
  private final ClosedIndex index;
  private final Batches batches;

  /** Numbers below are used up, also for whoever reads the journal. */
  private long recordedNext;

  private long taken;

  private Store(Suite suite, Journal journal, Room room, Standing standing) {
    this.suite = suite;
    this.journal = journal;
    this.room = room;
    this.standing = standing;
    this.index = new ClosedIndex(journal);
    this.batches = new Batches(suite, journal);
    this.recordedNext = standing.counters().nextReading();
  }

  static Store open(Disk disk, Room room, Suite suite, Beginning beginning, RandomGenerator random)
      throws IOException {
    Journal journal = Journal.open(disk, room.segment(), random);
    try {
      if (journal.isEmpty()) {
        journal.roll(Standing.beginning(beginning));
      }
      Standing standing = Recovery.of(suite, journal);
      if (!standing.enrolment().equals(beginning.result())) {
        throw new IOException("the outbox belongs to another enrolment");
      }
      Store store = new Store(suite, journal, room, standing);
      store.freezeOpenRun();
      return store;
    } catch (IOException e) {
      journal.close();
      throw e;
    }
  }

  private long append(Entry entry) throws IOException {
    if (journal.full()) {
      standing.moveKey(journal.roll(standing.snapshot()));
      recordedNext = standing.counters().nextReading();
      reclaim();
    }
    long position = journal.append(entry);
    standing.apply(entry, position);
    return position;
  }

  private void freezeOpenRun() throws IOException {
    if (standing.lastRun().filter(run -> !run.frozen()).isPresent()) {
      append(new Entry.Frozen());
    }
  }

  Standing standing() {
    return standing;
  }

  void key(KeyRecord key) throws IOException {
    append(new Entry.Key(key));
    journal.sync();
  }

  /** Returns whether something can be closed now that could not before. */
  boolean add(SealedReading reading) throws IOException {
    if (reading.number() != standing.counters().nextReading() || standing.key().isEmpty()) {
      throw new IllegalStateException("reading " + reading.number() + " is not the next one");
    }
    if (!room.forReading(journal.bytes(), reading, standing.runCount())) {
      skip();
      throw new OutboxFullException("reading " + reading.number() + " is not stored");
    }
    int runs = standing.runCount();
    append(new Entry.Stored(reading));
    recordedNext = reading.number() + 1;
    taken++;
    return standing.runCount() != runs || standing.lastRun().filter(Run::frozen).isPresent();
  }

  void skip() throws IOException {
    standing.skip();
    long unrecorded = standing.counters().nextReading() - recordedNext;
    if (unrecorded > Math.max(UNRECORDED, standing.counters().notStored() / UNRECORDED)) {
      recordSkipped();
    }
  }

  private void recordSkipped() throws IOException {
    long next = standing.counters().nextReading();
    if (recordedNext < next) {
      append(new Entry.Skipped(next));
      recordedNext = next;
    }
  }

  void sync() throws IOException {
    journal.sync();
  }

  Optional<OpenBatch> oldestBatch() throws IOException {
    Optional<Run> oldest = standing.oldestRun();
    if (oldest.isPresent() && !oldest.get().frozen()) {
      append(new Entry.Frozen());
    }
    journal.sync();
    return oldest.isEmpty() ? Optional.empty() : Optional.of(batches.of(oldest.get(), standing));
  }

  Optional<OpenBatch> emptyBatch() throws IOException {
    KeyRecord key =
        standing
            .key()
            .map(Standing.PlacedKey::record)
            .orElseThrow(() -> new IllegalStateException("no key in force"));
    if (!room.forMore(journal.bytes())) {
      throw new OutboxFullException("no room for an envelope without readings");
    }
    // the manifest will name the next number, so that no later start may give a lower one
    recordSkipped();
    return standing.runCount() > 0 ? Optional.empty() : Optional.of(batches.empty(key, standing));
  }

  ClosedEnvelope close(OpenBatch batch, Bytes manifest, Evidence evidence) throws IOException {
    ClosedEnvelope envelope = batches.closed(batch, manifest, evidence);
    standing.requireNext(envelope.manifest());
    long position = append(new Entry.Closed(envelope));
    journal.sync();
    index.remember(envelope.sequence(), position);
    return envelope;
  }

  List<ClosedEnvelope> unreleased(long from, int most) throws IOException {
    long first = Math.max(from, standing.counters().oldest());
    long there = standing.counters().nextSequence() - first;
    return index.from(first, (int) Math.min(most, there));
  }

  Envelope message(ClosedEnvelope envelope) throws IOException {
    return batches.message(envelope);
  }

  Optional<Digest> manifestHash(long sequence) throws IOException {
    Entry.Counters counters = standing.counters();
    if (sequence < counters.oldest() - 1 || sequence >= counters.nextSequence()) {
      return Optional.empty();
    }
    return sequence == counters.nextSequence() - 1
        ? Optional.of(standing.previous())
        : index.find(sequence + 1).map(next -> next.manifest().previous());
  }

  boolean release(VerifiedReceipt receipt) throws IOException {
    long sequence = standing.counters().oldest();
    Optional<ClosedEnvelope> oldest = unreleased(sequence, 1).stream().findFirst();
    boolean ours =
        oldest.isPresent()
            && receipt.sequence() == sequence
            && receipt.manifest().equals(suite.hash(oldest.get().encoded()))
            && startsHere(receipt.advance());
    if (ours) {
      append(new Entry.Released(sequence, receipt.advance().to()));
      journal.sync();
      index.forgetBefore(sequence + 1);
      reclaim();
    }
    return ours;
  }

  boolean accept(VerifiedChallenge verified) throws IOException {
    boolean newer = verified.challenge().issued() > standing.challenge().issued();
    if (!newer || !startsHere(verified.advance()) || !room.forMore(journal.bytes())) {
      return false;
    }
    append(new Entry.Challenged(verified.challenge(), verified.advance().to()));
    journal.sync();
    return true;
  }

  private boolean startsHere(Advance advance) {
    return advance.from().equals(standing.checkpoint());
  }

  /** Takes back the space of segments that hold nothing unreleased. */
  private void reclaim() throws IOException {
    if (journal.segments().size() > 1) {
      journal.deleteBefore(needed());
      index.forgetBefore(standing.counters().oldest());
    }
  }

  private long needed() throws IOException {
    Entry.Counters counters = standing.counters();
    if (counters.oldest() < counters.nextSequence()) {
      return index.neededBy(counters.oldest());
    }
    return standing.oldestRun().map(run -> run.place().key()).orElse(journal.lastSegment());
  }

  OutboxState state() throws IOException {
    Entry.Counters counters = standing.counters();
    Optional<Manifest> oldest =
        unreleased(counters.oldest(), 1).stream().map(ClosedEnvelope::manifest).findFirst();
    OutboxState.Waiting waiting =
        new OutboxState.Waiting(
            counters.oldest(),
            counters.nextSequence(),
            oldest.map(first -> counters.expectedReading() - first.firstReading()).orElse(0L),
            oldest.map(first -> first.times().from()));
    return new OutboxState(
        taken,
        counters.notStored(),
        standing.unclosed(),
        waiting,
        counters.nextReading(),
        new OutboxState.Space(journal.bytes(), room.size()),
        standing.checkpoint(),
        standing.challenge().issued());
  }

  @Override
  public void close() throws IOException {
    try (journal) {
      recordSkipped();
      journal.sync();
    }
  }
}
