package dev.telltale.agent.outbox;

import dev.telltale.platform.durable.Damage;
import dev.telltale.platform.durable.Disk;
import dev.telltale.platform.durable.Kind;
import dev.telltale.platform.durable.SegmentLog;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The segment log with entries in place of bytes. One thread at a time. */
final class Journal implements AutoCloseable {
  /** A snapshot with its runs, a challenge and a note at their largest is below. */
  private static final int RECORD = 512 * 1024;

  /** What the log adds to a record, at most. */
  private static final int FRAME = 16;

  private final SegmentLog log;
  private long end;

  private Journal(SegmentLog log) {
    this.log = log;
    this.end = log.end();
  }

  /** Gets one entry after the other; says whether to go on. */
  interface Visitor {
    boolean entry(long position, Entry entry) throws IOException;
  }

  static Journal open(Disk disk, int segmentSize, RandomGenerator random) throws IOException {
    SegmentLog log =
        SegmentLog.open(
            disk, new SegmentLog.Settings(SegmentLog.Mode.RECORDS, segmentSize, RECORD), random);
    List<Damage> damage = log.damage();
    if (!damage.isEmpty()) {
      log.close();
      throw new IOException("the outbox is damaged: " + damage.getFirst());
    }
    return new Journal(log);
  }

  boolean isEmpty() {
    return log.segments().isEmpty();
  }

  /** The files' lengths, with what is not synced yet. */
  long bytes() {
    return isEmpty() ? 0 : end - log.segments().getFirst().from();
  }

  /** Where the last segment begins. */
  long lastSegment() {
    return log.segments().getLast().from();
  }

  List<Long> segments() {
    return log.segments().stream().map(SegmentLog.Segment::from).toList();
  }

  boolean full() {
    return log.full();
  }

  long append(Entry entry) throws IOException {
    Bytes encoded = EntryCodec.encode(entry);
    long position = log.append(encoded.toArray());
    end = position + encoded.length() + FRAME;
    return position;
  }

  void sync() throws IOException {
    log.sync();
  }

  /** Starts a segment with this snapshot and returns where the snapshot is. */
  long roll(Entry.Snapshot snapshot) throws IOException {
    log.roll(List.of(EntryCodec.encode(snapshot).toArray()));
    end = log.end();
    return head(lastSegment());
  }

  private long head(long segment) throws IOException {
    List<Long> found = new ArrayList<>();
    log.scan(
        segment,
        (position, kind, payload) -> {
          if (kind == Kind.HEAD) {
            found.add(position);
          }
          return false;
        });
    if (found.isEmpty()) {
      throw new IOException("a segment of the outbox does not begin with a snapshot");
    }
    return found.getFirst();
  }

  /** The snapshot at the head of a segment. */
  Entry.Snapshot snapshot(long segment) throws IOException {
    return read(head(segment), Entry.Snapshot.class);
  }

  /** What is synced, from the start of a segment or the position of an entry on. */
  void scan(long from, Visitor visitor) throws IOException {
    log.scan(from, (position, kind, payload) -> visitor.entry(position, decode(payload, position)));
  }

  /** The entry at this position, which is of this kind. */
  <E extends Entry> E read(long position, Class<E> kind) throws IOException {
    Entry entry = entry(position);
    if (!kind.isInstance(entry)) {
      throw new IOException("the outbox has something else at " + position);
    }
    return kind.cast(entry);
  }

  Entry entry(long position) throws IOException {
    return decode(log.read(position), position);
  }

  private static Entry decode(byte[] payload, long position) throws IOException {
    try {
      return EntryCodec.decode(Bytes.of(payload));
    } catch (MalformedException | IllegalArgumentException e) {
      throw new IOException("the outbox has no known record at " + position, e);
    }
  }

  void deleteBefore(long position) throws IOException {
    log.deleteBefore(position);
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
