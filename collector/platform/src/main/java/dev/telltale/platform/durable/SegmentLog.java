package dev.telltale.platform.durable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An append-only log of records in files, each of which can be used without the others. A record
 * counts once {@link #sync} has returned after it; what a power cut leaves is always a beginning of
 * what was appended, with all that counted in it.
 *
 * <p>A position is the distance from the first byte the log ever had. After any failure to write
 * the log accepts nothing more: nobody knows what is on the disk, and only opening it anew finds
 * out.
 *
 * <p>One thread at a time appends, syncs, rolls and deletes; any thread reads and scans what is
 * synced.
 */
public final class SegmentLog implements AutoCloseable {
  private final Disk disk;
  private final Settings settings;
  private final RandomGenerator random;
  private final Segments segments;
  private final Optional<Damage> tailDamage;
  private final long cut;
  private @Nullable SegmentWriter writer;
  private @Nullable Throwable failure;
  private boolean batchOpen;

  /** Whether each record counts by itself, or only with a closing one behind it. */
  public enum Mode {
    RECORDS,
    BATCHES
  }

  /** Segments are full at {@code segmentSize} bytes; no record is longer than the limit. */
  public record Settings(Mode mode, int segmentSize, int recordLimit) {
    public Settings {
      if (segmentSize < SegmentHeader.LENGTH || recordLimit < 1 || recordLimit > Frame.MOST) {
        throw new IllegalArgumentException(segmentSize + " or " + recordLimit + " out of range");
      }
    }
  }

  /** One file: what lies from {@code from} to before {@code to}; set aside, it is not read. */
  public record Segment(long from, long to, boolean aside) {}

  /** Gets one record after the other; says whether to go on. */
  public interface Visitor {
    boolean record(long position, Kind kind, byte[] payload) throws IOException;
  }

  private SegmentLog(Disk disk, Settings settings, RandomGenerator random) throws IOException {
    this.disk = disk;
    this.settings = settings;
    this.random = random;
    this.segments = Segments.list(disk, settings.recordLimit());
    Optional<Segment> last = segments.lastReadable();
    Optional<Damage> found = Optional.empty();
    long lost = 0;
    if (last.isPresent()) {
      Disk.File file = disk.open(SegmentNames.segment(last.get().from()));
      try {
        TailRecovery.Tail tail = TailRecovery.examine(file, last.get().from(), settings.mode());
        TailRecovery.repair(file, tail);
        writer = SegmentWriter.resume(file, tail);
        lost = tail.fileEnd() - tail.end();
        segments.extendLast(writer.synced());
      } catch (CorruptLogException e) {
        file.close();
        found = Optional.of(e.damage());
      } catch (IOException e) {
        file.close();
        throw e;
      }
    }
    this.tailDamage = found;
    this.cut = lost;
  }

  /** Opens the log of this directory and cuts what a power cut tore; reads the last segment. */
  public static SegmentLog open(Disk disk, Settings settings, RandomGenerator random)
      throws IOException {
    return new SegmentLog(disk, settings, random);
  }

  /** What opening found: holes between segments, damage in the last one. Earlier: see scan. */
  public List<Damage> damage() {
    List<Damage> all = new ArrayList<>(segments.holes());
    tailDamage.ifPresent(all::add);
    return List.copyOf(all);
  }

  /** The number of bytes that opening cut because no sync had returned after them. */
  public long cutBytes() {
    return cut;
  }

  /** Oldest first. */
  public List<Segment> segments() {
    return segments.all();
  }

  /** The sum of the files' lengths. */
  public long bytes() {
    return segments.all().stream().mapToLong(s -> s.to() - s.from()).sum();
  }

  /** The end of what is synced. */
  public long end() {
    return segments.end();
  }

  /** Whether there is nothing to append to: no segment yet, or the last one is damaged. */
  public boolean needsRoll() {
    return writer == null;
  }

  /** Whether the segment has reached its size: time for {@link #roll}. */
  public boolean full() {
    SegmentWriter current = writer;
    return current == null || current.end() - current.base() >= settings.segmentSize();
  }

  /** Syncs, then starts a new segment with these records at its head, durable on return. */
  public void roll(List<byte[]> heads) throws IOException {
    heads.forEach(this::checkLength);
    checkBatchClosed();
    mutate(() -> {
      SegmentWriter old = writer;
      if (old != null) {
        checkBatchClosed();
        old.seal();
        segments.extendLast(old.synced());
        old.close();
      }
      SegmentWriter fresh = SegmentWriter.create(disk, segments.nextBase(), heads, random);
      writer = fresh;
      segments.add(new Segment(fresh.base(), fresh.synced(), false));
    });
  }

  /** Appends a record and returns its position. It counts after the next {@link #sync}. */
  public long append(byte[] payload) throws IOException {
    return append(Kind.RECORD, payload);
  }

  /** Appends the record that closes a batch. */
  public long appendClosing(byte[] payload) throws IOException {
    return append(Kind.CLOSING, payload);
  }

  private long append(Kind kind, byte[] payload) throws IOException {
    checkLength(payload);
    SegmentWriter current = current();
    long[] position = new long[1];
    mutate(() -> position[0] = current.append(kind.code(), payload));
    batchOpen = settings.mode() == Mode.BATCHES && kind != Kind.CLOSING;
    return position[0];
  }

  /** Makes all that was appended durable: one write, one force. */
  public void sync() throws IOException {
    SegmentWriter current = current();
    checkBatchClosed();
    mutate(() -> {
      current.sync();
      segments.extendLast(current.synced());
    });
  }

  /** The record at this position, which an append or a scan gave and a sync made durable. */
  public byte[] read(long position) throws IOException {
    return segments.read(position);
  }

  /**
   * Shows what is synced from this position on (that of a record, the start of a segment, or zero),
   * passing over what was set aside, and returns where to go on.
   *
   * @throws CorruptLogException at damage; go on at the next segment, if at all
   */
  public long scan(long from, Visitor visitor) throws IOException {
    return segments.scan(from, visitor);
  }

  /**
   * Deletes segments that end at or before this position, oldest first, never the last. What makes
   * them dispensable is synced before.
   */
  public void deleteBefore(long position) throws IOException {
    if (writer != null) {
      sync();
    }
    mutate(() -> segments.deleteBefore(position));
  }

  /** Takes a damaged segment out of the log but leaves its bytes, under another name. */
  public void setAside(long segment) throws IOException {
    SegmentWriter current = writer;
    if (current != null && current.base() == segment) {
      throw new IllegalStateException("roll before setting the last segment aside");
    }
    mutate(() -> segments.setAside(segment));
  }

  /** Does not sync: what was appended since the last sync is lost. The disk stays open. */
  @Override
  public void close() throws IOException {
    segments.close();
    if (writer != null) {
      writer.close();
      writer = null;
    }
    failure = failure == null ? new IOException("the log is closed") : failure;
  }

  private SegmentWriter current() {
    SegmentWriter current = writer;
    if (current == null) {
      throw new IllegalStateException("nothing to append to: roll first");
    }
    return current;
  }

  private void checkBatchClosed() {
    if (batchOpen) {
      throw new IllegalStateException("the batch is not closed");
    }
  }

  private void checkLength(byte[] payload) {
    if (payload.length > settings.recordLimit()) {
      throw new IllegalArgumentException(payload.length + " bytes, the limit of a record is lower");
    }
  }

  private interface Mutation {
    void run() throws IOException;
  }

  /** Whatever fails here fails for good. */
  private void mutate(Mutation mutation) throws IOException {
    if (failure != null) {
      throw new IOException("the log is unusable since: " + failure.getMessage(), failure);
    }
    boolean done = false;
    try {
      mutation.run();
      done = true;
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      if (!done && failure == null) {
        failure = new IllegalStateException("a step ended abnormally");
      }
    }
  }
}
