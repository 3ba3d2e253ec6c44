package dev.telltale.ledger;

import dev.telltale.platform.durable.DirectoryDisk;
import dev.telltale.platform.durable.Disk;
import dev.telltale.platform.durable.DurableFile;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.NoteSigner;
import dev.telltale.protocol.tlog.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * One log, owned by this process. One thread appends; any thread asks for proofs and entries, and
 * sees only what is durable.
 *
 * <p>After any failure to append, the ledger takes nothing more and the caller ends the process:
 * what reached the disk is unknown, and opening the ledger anew finds out.
 */
public final class Ledger implements AutoCloseable {
  /** The file with the newest checkpoint known to have left, beside the journal. */
  static final String CHECKPOINT = "checkpoint";

  private static final int SEGMENT_SIZE = 64 << 20;

  private final Disk disk;
  private final NoteSigner signer;
  private final InstantSource clock;
  private final Journal journal;
  private final Tree tree;
  private final MerkleTree proofs;
  private final DurableFile checkpointFile;
  private long lastTime;
  private boolean failed;
  private volatile Head head;

  /** What is durable, replaced whole. */
  private record Head(Checkpoint checkpoint, Bytes note) {}

  /** Gets one entry after the other; says whether to go on. */
  public interface Visitor {
    boolean entry(long index, Entry entry) throws IOException;
  }

  /** What a ledger needs besides its disk: the key, whose name is the origin, and the world. */
  public record Setup(NoteSigner signer, InstantSource clock, RandomGenerator random) {}

  private Ledger(Disk disk, Setup setup, int segmentSize) throws IOException {
    this.disk = disk;
    this.signer = setup.signer();
    this.clock = setup.clock();
    this.tree = new Tree(Providers.jdk().sha256());
    this.proofs = new MerkleTree(MerkleHash.SHA256, tree);
    Rebuild rebuild = new Rebuild(signer.key().name(), tree, proofs);
    this.journal = Journal.open(disk, segmentSize, setup.random(), rebuild);
    this.lastTime = rebuild.lastTime();
    this.checkpointFile = new DurableFile(disk, CHECKPOINT, Limits.NOTE);
    refuseToFallShort();
    Checkpoint checkpoint = checkpointAt(tree.size());
    this.head = new Head(checkpoint, signed(checkpoint));
  }

  /**
   * Opens the log in this directory, or begins one, and rebuilds its tree.
   *
   * @throws LedgerException if it is not a log that may be continued
   */
  public static Ledger open(Path directory, Setup setup) throws IOException {
    Disk disk = DirectoryDisk.own(directory);
    try {
      return open(disk, setup, SEGMENT_SIZE);
    } catch (IOException | RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  static Ledger open(Disk disk, Setup setup, int segmentSize) throws IOException {
    return new Ledger(disk, setup, segmentSize);
  }

  /** A checkpoint that left is a promise: a journal that does not keep it is not continued. */
  private void refuseToFallShort() throws IOException {
    Optional<byte[]> note = checkpointFile.read();
    if (note.isEmpty()) {
      return;
    }
    try {
      Checkpoint promised = SignedNote.open(Bytes.of(note.get()), signer.key());
      if (promised.size() > tree.size()) {
        throw new LedgerException(
            "a checkpoint of size "
                + promised.size()
                + " was signed, but the journal has only "
                + tree.size()
                + " entries");
      }
      if (!proofs.root(promised.size()).equals(promised.root())) {
        throw new LedgerException(
            "the journal contradicts the checkpoint signed at size " + promised.size());
      }
    } catch (MalformedException e) {
      throw new LedgerException("the kept checkpoint is not one of this log: " + e.getMessage(), e);
    }
  }

  private Checkpoint checkpointAt(long size) {
    return new Checkpoint(signer.key().name(), size, proofs.root(size));
  }

  private Bytes signed(Checkpoint checkpoint) {
    return SignedNote.sign(checkpoint.text(), List.of(signer)).encode();
  }

  /** Makes a batch durable and signs the checkpoint it leads to. */
  public Committed append(List<Entry> batch) throws IOException {
    if (batch.isEmpty()) {
      throw new IllegalArgumentException("an empty batch");
    }
    if (failed) {
      throw new IOException("the ledger has failed and must be opened anew");
    }
    failed = true;
    long first = tree.size();
    if (journal.full()) {
      Checkpoint before = head.checkpoint();
      journal.roll(new Records.Head(before.origin(), before.size(), before.root()));
    }
    for (Entry entry : batch) {
      tree.append(entry.leaf().toArray());
    }
    // Signing costs as much as a force and needs no disk. No note leaves before its batch is
    // durable.
    Checkpoint next = checkpointAt(tree.size());
    CompletableFuture<Bytes> note =
        CompletableFuture.supplyAsync(() -> signed(next), task -> Thread.ofVirtual().start(task));
    lastTime = Math.max(lastTime, clock.millis());
    journal.append(batch, new Records.Closing(next.size(), next.root(), lastTime));
    head = new Head(next, note.join());
    failed = false;
    return new Committed(first, next, head.note());
  }

  public Checkpoint checkpoint() {
    return head.checkpoint();
  }

  /** The checkpoint as signed note with the line of the log's key. */
  public Bytes checkpointNote() {
    return head.note();
  }

  public long size() {
    return head.checkpoint().size();
  }

  /**
   * Keeps the newest checkpoint beside the journal, so that a journal that lost its end is
   * recognised. To be called about once a second, by one thread; not needed for any commit.
   */
  public void keepCheckpoint() throws IOException {
    checkpointFile.replace(head.note().toArray());
  }

  /** The path from an entry to the root at a size that the log has reached. */
  public List<Digest> inclusion(long index, long size) {
    checkReached(size);
    return proofs.inclusion(index, size).path();
  }

  /** The path from one size, at least 1, to another that the log has reached. */
  public List<Digest> consistency(long from, long to) {
    checkReached(to);
    return proofs.consistency(from, to).path();
  }

  private void checkReached(long size) {
    if (size > size()) {
      throw new IllegalArgumentException("the log has not reached " + size);
    }
  }

  /** The root at this size; empty if the log has not reached it. */
  public Optional<Digest> rootAt(long size) {
    return size < 0 || size > size() ? Optional.empty() : Optional.of(proofs.root(size));
  }

  public Entry read(long index) throws IOException {
    if (index < 0 || index >= size()) {
      throw new IllegalArgumentException("no entry " + index);
    }
    return journal.read(index);
  }

  /** Shows the entries from this index on that are there now. */
  public void replay(long from, Visitor visitor) throws IOException {
    long end = size();
    if (from < 0 || from > end) {
      throw new IllegalArgumentException("no entry " + from);
    }
    if (from < end) {
      long[] index = {from};
      journal.replay(from, entry -> visitor.entry(index[0], entry) && ++index[0] < end);
    }
  }

  @Override
  public void close() throws IOException {
    failed = true;
    journal.close();
    disk.close();
  }
}
