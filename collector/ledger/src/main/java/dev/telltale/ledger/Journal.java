package dev.telltale.ledger;

import dev.telltale.platform.durable.Disk;
import dev.telltale.platform.durable.Kind;
import dev.telltale.platform.durable.SegmentLog;
import dev.telltale.protocol.MalformedException;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Entries in batches on a {@link SegmentLog}. It knows the form of its records and where they are,
 * not what they lead to.
 */
final class Journal implements AutoCloseable {
  private static final int RECORD_LIMIT = 4 << 20;

  private final SegmentLog log;
  private final Positions positions = new Positions();

  private Journal(SegmentLog log) {
    this.log = log;
  }

  /** Gets everything in the journal, in order, when it is opened. */
  interface Reader {
    void head(Records.Head head) throws LedgerException;

    void entry(Entry entry);

    void closing(Records.Closing closing) throws LedgerException;
  }

  interface EntryVisitor {
    boolean entry(Entry entry) throws IOException;
  }

  /** Opens the journal and shows all of it; damage anywhere is refused. */
  static Journal open(Disk disk, int segmentSize, RandomGenerator random, Reader reader)
      throws IOException {
    SegmentLog log =
        SegmentLog.open(
            disk,
            new SegmentLog.Settings(SegmentLog.Mode.BATCHES, segmentSize, RECORD_LIMIT),
            random);
    if (!log.damage().isEmpty()) {
      throw new LedgerException("the journal is damaged: " + log.damage().getFirst());
    }
    if (!log.segments().isEmpty() && log.segments().getFirst().from() != 0) {
      throw new LedgerException("the beginning of the journal is missing");
    }
    Journal journal = new Journal(log);
    log.scan(0, (position, kind, payload) -> journal.show(position, kind, payload, reader));
    return journal;
  }

  private boolean show(long position, Kind kind, byte[] payload, Reader reader)
      throws LedgerException {
    try {
      switch (kind) {
        case HEAD -> reader.head(Records.Head.decode(payload));
        case RECORD -> {
          reader.entry(Records.entry(payload));
          positions.add(position);
        }
        case CLOSING -> reader.closing(Records.Closing.decode(payload));
      }
      return true;
    } catch (MalformedException e) {
      throw malformed(position, e);
    }
  }

  private static LedgerException malformed(long position, MalformedException e) {
    return new LedgerException(
        "the record at position " + position + " of the journal is malformed: " + e.getMessage(),
        e);
  }

  /** Whether the next batch needs a new segment before it. */
  boolean full() {
    return log.full();
  }

  void roll(Records.Head head) throws IOException {
    log.roll(List.of(head.encode()));
  }

  /** One write, one force. Nothing of it counts before this returns. */
  void append(List<Entry> batch, Records.Closing closing) throws IOException {
    for (Entry entry : batch) {
      positions.add(log.append(Records.encode(entry)));
    }
    log.appendClosing(closing.encode());
    log.sync();
  }

  Entry read(long index) throws IOException {
    long position = positions.get(index);
    try {
      return Records.entry(log.read(position));
    } catch (MalformedException e) {
      throw malformed(position, e);
    }
  }

  /** Shows the entries from this one, which exists, until the visitor has enough. */
  void replay(long from, EntryVisitor visitor) throws IOException {
    log.scan(
        positions.get(from),
        (position, kind, payload) -> {
          try {
            return kind != Kind.RECORD || visitor.entry(Records.entry(payload));
          } catch (MalformedException e) {
            throw malformed(position, e);
          }
        });
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
