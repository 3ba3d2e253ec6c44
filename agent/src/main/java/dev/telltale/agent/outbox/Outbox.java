package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.Advance;
import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.HeldCheckpoint;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The only memory of the device between a reading and its receipt. Any thread may call any method.
 *
 * <p>After an IOException of a changing method (except {@link OutboxFullException}, which changes
 * nothing on the disk) nobody knows what the disk holds: the program ends, and opening finds out.
 */
public final class Outbox implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Suite suite;
  private final Journal journal;
  private final Room room;
  private final Standing standing;
  private final ClosedIndex index;
  private final Batches batches;
  private volatile Runnable onChange = () -> {};
  private long recordedNext;
  private long taken;

  private Outbox(Suite suite, Journal journal, Room room, Standing standing) {
    this.suite = suite;
    this.journal = journal;
    this.room = room;
    this.standing = standing;
    this.index = new ClosedIndex(journal);
    this.batches = new Batches(suite, journal);
    this.recordedNext = standing.counters().nextReading();
  }

  /**
   * Opens the journal on a disk, which one agent owns, or begins it.
   *
   * @param size in bytes, for all segments together
   * @throws IOException also where the journal is damaged or belongs to another enrolment
   */
  public static Outbox open(
      Disk disk, long size, Suite suite, Beginning beginning, RandomGenerator random)
      throws IOException {
    Room room = new Room(size);
    Journal journal = Journal.open(disk, room.segment(), random);
    try {
      if (journal.isEmpty()) {
        journal.roll(Standing.beginning(beginning));
      }
      Standing standing = Recovery.of(suite, journal);
      if (!standing.enrolment().equals(beginning.result())) {
        throw new IOException("the outbox belongs to another enrolment");
      }
      Outbox outbox = new Outbox(suite, journal, room, standing);
      outbox.freezeOpenRun();
      return outbox;
    } catch (IOException e) {
      journal.close();
      throw e;
    }
  }

  /** Called, under a lock, whenever there is something to close that was not there before. */
  public void onChange(Runnable listener) {
    onChange = listener;
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

  /** The number the next reading is sealed under. */
  public long nextReading() {
    return locked(() -> standing.counters().nextReading());
  }

  /** Puts a key in force. Durable on return: no reading is ever under a key that is not there. */
  public void key(KeyRecord key) throws IOException {
    changing(() -> {
      append(new Entry.Key(key));
      journal.sync();
      return true;
    });
  }

  /**
   * Takes a reading, which has the next number; durable after the next {@link #sync}.
   *
   * @throws OutboxFullException the reading is not stored, and its number is used up
   */
  public void add(SealedReading reading) throws IOException {
    changing(() -> {
      if (reading.number() != standing.counters().nextReading() || standing.key().isEmpty()) {
        throw new IllegalStateException("reading " + reading.number() + " is not the next one");
      }
      if (!room.forReading(journal.bytes(), reading, standing.runCount())) {
        skipNumber();
        throw new OutboxFullException("reading " + reading.number() + " is not stored");
      }
      int runs = standing.runCount();
      append(new Entry.Stored(reading));
      recordedNext = reading.number() + 1;
      taken++;
      if (standing.runCount() != runs || standing.lastRun().filter(Run::frozen).isPresent()) {
        onChange.run();
      }
      return true;
    });
  }

  /** Uses the next number up for a reading that cannot be sealed. */
  public void skip() throws IOException {
    changing(() -> {
      skipNumber();
      return true;
    });
  }

  /** Recorded so that a power cut hides a sixteenth of a loss at most, and a stop nothing. */
  private void skipNumber() throws IOException {
    standing.skip();
    long unrecorded = standing.counters().nextReading() - recordedNext;
    if (unrecorded > Math.max(16, standing.counters().notStored() / 16)) {
      recordSkipped();
    }
  }

  private void recordSkipped() throws IOException {
    append(new Entry.Skipped(standing.counters().nextReading()));
    recordedNext = standing.counters().nextReading();
  }

  /** Makes the readings taken so far durable. */
  public void sync() throws IOException {
    changing(() -> {
      journal.sync();
      return true;
    });
  }

  /** The oldest unclosed readings, without touching them. */
  public Optional<Unclosed> oldestUnclosed() {
    return locked(() -> standing.oldestRun().map(Outbox::unclosed));
  }

  /** The newest unclosed readings, without touching them. */
  public Optional<Unclosed> newestUnclosed() {
    return locked(() -> standing.lastRun().map(Outbox::unclosed));
  }

  private static Unclosed unclosed(Run run) {
    return new Unclosed(run.firstReading(), run.count(), run.frozen());
  }

  /** The oldest unclosed readings to be closed; no further reading joins them. Durable. */
  public Optional<OpenBatch> oldestBatch() throws IOException {
    return changing(() -> {
      Optional<Run> oldest = standing.oldestRun();
      if (oldest.isPresent() && !oldest.get().frozen()) {
        append(new Entry.Frozen());
      }
      journal.sync();
      return oldest.isEmpty()
          ? Optional.<OpenBatch>empty()
          : Optional.of(batches.of(oldest.get(), standing));
    });
  }

  /**
   * An envelope without readings; empty while there are readings to close.
   *
   * @throws OutboxFullException there is no room for another envelope
   * @throws IllegalStateException before the first key
   */
  public Optional<OpenBatch> emptyBatch() throws IOException {
    return changing(() -> {
      Standing.PlacedKey key =
          standing.key().orElseThrow(() -> new IllegalStateException("no key in force"));
      if (!room.forMore(journal.bytes())) {
        throw new OutboxFullException("no room for an envelope without readings");
      }
      return standing.runCount() > 0
          ? Optional.<OpenBatch>empty()
          : Optional.of(batches.empty(key.record(), standing));
    });
  }

  /**
   * Gives the envelope's sequence number to this manifest for good; durable on return.
   *
   * @throws IllegalArgumentException if the manifest is not over this batch
   */
  public ClosedEnvelope close(OpenBatch batch, Bytes manifest, Evidence evidence)
      throws IOException {
    ClosedEnvelope envelope = batches.closed(batch, manifest, evidence);
    return changing(() -> {
      standing.requireNext(envelope.manifest());
      long position = append(new Entry.Closed(envelope));
      journal.sync();
      index.remember(envelope.sequence(), position);
      return envelope;
    });
  }

  /** Closed envelopes from this number on that are not released, oldest first. */
  public List<ClosedEnvelope> unreleased(long from, int most) throws IOException {
    return changing(() -> index.from(Math.max(from, standing.counters().oldest()), most));
  }

  /** The message to send for an unreleased envelope, read from the disk. */
  public Envelope message(ClosedEnvelope envelope) throws IOException {
    return changing(() -> batches.message(envelope));
  }

  /**
   * Hash of the manifest with this number, from the one before the oldest unreleased to the newest;
   * number 0 is the enrolment result.
   */
  public Optional<Digest> manifestHash(long sequence) throws IOException {
    return changing(() -> {
      Entry.Counters counters = standing.counters();
      if (sequence < counters.oldest() - 1 || sequence >= counters.nextSequence()) {
        return Optional.<Digest>empty();
      }
      return sequence == counters.nextSequence() - 1
          ? Optional.of(standing.previous())
          : index.find(sequence + 1).map(next -> next.manifest().previous());
    });
  }

  /**
   * Lets go of the oldest unreleased envelope: the only door. Durable on return.
   *
   * @return false, and nothing is changed, if the receipt is for another envelope or was verified
   *     against a checkpoint that is not the newest any more
   */
  public boolean release(VerifiedReceipt receipt) throws IOException {
    return changing(() -> {
      long sequence = standing.counters().oldest();
      Optional<ClosedEnvelope> oldest = index.find(sequence);
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
    });
  }

  /**
   * Binds a newer challenge from now on; durable on return.
   *
   * @return false, and nothing is changed, if it is not newer, was verified against a checkpoint
   *     that is not the newest any more, or there is no room
   */
  public boolean accept(VerifiedChallenge verified) throws IOException {
    return changing(() -> {
      boolean newer = verified.challenge().issued() > standing.challenge().issued();
      if (!newer || !startsHere(verified.advance()) || !room.forMore(journal.bytes())) {
        return false;
      }
      append(new Entry.Challenged(verified.challenge(), verified.advance().to()));
      journal.sync();
      return true;
    });
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

  public HeldCheckpoint checkpoint() {
    return locked(standing::checkpoint);
  }

  public HeldChallenge challenge() {
    return locked(standing::challenge);
  }

  /** For people and metrics. */
  public OutboxState state() throws IOException {
    return changing(() -> {
      Entry.Counters counters = standing.counters();
      Optional<Manifest> oldest = index.find(counters.oldest()).map(ClosedEnvelope::manifest);
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
    });
  }

  /** Syncs, losses included. The disk stays open. */
  @Override
  public void close() throws IOException {
    changing(() -> {
      if (recordedNext < standing.counters().nextReading()) {
        recordSkipped();
      }
      journal.sync();
      journal.close();
      return true;
    });
  }

  private interface Change<T> {
    T run() throws IOException;
  }

  private <T> T changing(Change<T> change) throws IOException {
    lock.lock();
    try {
      return change.run();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> view) {
    lock.lock();
    try {
      return view.get();
    } finally {
      lock.unlock();
    }
  }
}
