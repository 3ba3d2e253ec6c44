package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.agent.receipt.VerifiedChallenge;
import dev.telltale.agent.receipt.VerifiedReceipt;
import dev.telltale.platform.durable.Disk;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Envelope;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The only memory of the device between a reading and its receipt. Any thread may call any method.
 *
 * <p>After an IOException of a changing method (except {@link OutboxFullException}, which changes
 * nothing on the disk) nobody knows what the disk holds: the program ends, and opening finds out.
 */
public final class Outbox implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Store store;
  private volatile Runnable onChange = () -> {};

  private Outbox(Store store) {
    this.store = store;
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
    return new Outbox(Store.open(disk, new Room(size), suite, beginning, random));
  }

  /** Called, under a lock, whenever there is something to close that was not there before. */
  public void onChange(Runnable listener) {
    onChange = listener;
  }

  /** The number the next reading is sealed under. */
  public long nextReading() {
    return view(standing -> standing.counters().nextReading());
  }

  /** Puts a key in force. Durable on return: no reading is ever under a key that is not there. */
  public void key(KeyRecord key) throws IOException {
    lock.lock();
    try {
      store.key(key);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a reading, which has the next number; durable after the next {@link #sync}.
   *
   * @throws OutboxFullException the reading is not stored, and its number is used up
   */
  public void add(SealedReading reading) throws IOException {
    lock.lock();
    try {
      if (store.add(reading)) {
        onChange.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Uses the next number up for a reading that cannot be sealed. */
  public void skip() throws IOException {
    lock.lock();
    try {
      store.skip();
    } finally {
      lock.unlock();
    }
  }

  /** Makes the readings taken so far durable. */
  public void sync() throws IOException {
    lock.lock();
    try {
      store.sync();
    } finally {
      lock.unlock();
    }
  }

  /** The oldest unclosed readings, without touching them. */
  public Optional<Unclosed> oldestUnclosed() {
    return view(standing -> standing.oldestRun().map(Unclosed::of));
  }

  /** The newest unclosed readings, without touching them. */
  public Optional<Unclosed> newestUnclosed() {
    return view(standing -> standing.lastRun().map(Unclosed::of));
  }

  /** The oldest unclosed readings to be closed; no further reading joins them. Durable. */
  public Optional<OpenBatch> oldestBatch() throws IOException {
    return locked(store::oldestBatch);
  }

  /**
   * An envelope without readings; empty while there are readings to close.
   *
   * @throws OutboxFullException there is no room for another envelope
   * @throws IllegalStateException before the first key
   */
  public Optional<OpenBatch> emptyBatch() throws IOException {
    return locked(store::emptyBatch);
  }

  /**
   * Gives the envelope's sequence number to this manifest for good; durable on return.
   *
   * @throws IllegalArgumentException if the manifest is not over this batch
   * @throws IllegalStateException if another manifest took its place
   */
  public ClosedEnvelope close(OpenBatch batch, Bytes manifest, Evidence evidence)
      throws IOException {
    return locked(() -> store.close(batch, manifest, evidence));
  }

  /** Closed envelopes from this number on that are not released, oldest first. */
  public List<ClosedEnvelope> unreleased(long from, int most) throws IOException {
    return locked(() -> store.unreleased(from, most));
  }

  /** The message to send for an unreleased envelope, read from the disk. */
  public Envelope message(ClosedEnvelope envelope) throws IOException {
    return locked(() -> store.message(envelope));
  }

  /**
   * Hash of the manifest with this number, from the one before the oldest unreleased to the newest;
   * number 0 is the enrolment result.
   */
  public Optional<Digest> manifestHash(long sequence) throws IOException {
    return locked(() -> store.manifestHash(sequence));
  }

  /**
   * Lets go of the oldest unreleased envelope: the only door. Durable on return.
   *
   * @return false, and nothing is changed, if the receipt is for another envelope or was verified
   *     against a checkpoint that is not the newest any more
   */
  public boolean release(VerifiedReceipt receipt) throws IOException {
    return locked(() -> store.release(receipt));
  }

  /**
   * Binds a newer challenge from now on; durable on return.
   *
   * @return false, and nothing is changed, if it is not newer, was verified against a checkpoint
   *     that is not the newest any more, or there is no room
   */
  public boolean accept(VerifiedChallenge verified) throws IOException {
    return locked(() -> store.accept(verified));
  }

  /** The newest checkpoint verified. */
  public HeldCheckpoint checkpoint() {
    return view(Standing::checkpoint);
  }

  /** The newest challenge accepted. */
  public HeldChallenge challenge() {
    return view(Standing::challenge);
  }

  /** For people and metrics. */
  public OutboxState state() throws IOException {
    return locked(store::state);
  }

  /** Syncs, losses included. The disk stays open. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      store.close();
    } finally {
      lock.unlock();
    }
  }

  private interface Access<T> {
    T run() throws IOException;
  }

  private <T> T locked(Access<T> access) throws IOException {
    lock.lock();
    try {
      return access.run();
    } finally {
      lock.unlock();
    }
  }

  private <T> T view(Function<Standing, T> view) {
    lock.lock();
    try {
      return view.apply(store.standing());
    } finally {
      lock.unlock();
    }
  }
}
