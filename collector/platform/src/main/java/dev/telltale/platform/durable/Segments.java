package dev.telltale.platform.durable;

import dev.telltale.platform.durable.SegmentLog.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The files of a log: which there are, reading from them, taking them away. */
final class Segments implements AutoCloseable {
  private static final int SCAN_WINDOW = 64 * 1024;
  private static final int READ_WINDOW = 4 * 1024;
  private static final int OPEN_FILES = 64;

  private final Disk disk;
  private final int recordLimit;
  private final List<Damage> holes;

  /** Replaced whole, by the one thread that changes the log; read by all. */
  private volatile List<Segment> all;

  /** Files open for single reads, least recently used first; guarded by itself. */
  private final Map<Long, SegmentReader> readers = new LinkedHashMap<>(16, 0.75f, true);

  private Segments(Disk disk, int recordLimit, List<Segment> all) {
    this.disk = disk;
    this.recordLimit = recordLimit;
    this.all = List.copyOf(all);
    this.holes = holes(all);
  }

  /**
   * Lists the files by name and size only, and removes one whose creation was not finished. A
   * program that ended between naming a segment and syncing the directory left a name that is there
   * and not durable; hence the sync.
   */
  static Segments list(Disk disk, int recordLimit) throws IOException {
    disk.sync();
    List<Segment> found = new ArrayList<>();
    for (String name : disk.list()) {
      OptionalLong segment = SegmentNames.baseOfSegment(name);
      OptionalLong aside = SegmentNames.baseOfAside(name);
      if (SegmentNames.isUnfinished(name)) {
        disk.delete(name);
      } else if (segment.isPresent()) {
        long base = segment.getAsLong();
        found.add(new Segment(base, base + disk.size(name), false));
      } else if (aside.isPresent()) {
        long base = aside.getAsLong();
        found.add(new Segment(base, base + disk.size(name), true));
      }
    }
    return new Segments(disk, recordLimit, found);
  }

  private static List<Damage> holes(List<Segment> all) {
    List<Damage> holes = new ArrayList<>();
    for (int i = 1; i < all.size(); i++) {
      Segment before = all.get(i - 1);
      long next = all.get(i).from();
      if (before.to() != next) {
        String detail = "the file ends here, but the next begins at " + next;
        holes.add(new Damage(before.from(), before.to(), detail));
      }
    }
    return List.copyOf(holes);
  }

  List<Segment> all() {
    return all;
  }

  List<Damage> holes() {
    return holes;
  }

  Optional<Segment> lastReadable() {
    return all.isEmpty() || all.getLast().aside() ? Optional.empty() : Optional.of(all.getLast());
  }

  long end() {
    List<Segment> now = all;
    return now.isEmpty() ? 0 : now.getLast().to();
  }

  /** Behind the last file, whatever is in it. */
  long nextBase() {
    List<Segment> now = all;
    return now.isEmpty() ? 0 : Math.max(now.getLast().to(), now.getLast().from() + 1);
  }

  void extendLast(long end) {
    List<Segment> next = new ArrayList<>(all);
    next.set(next.size() - 1, new Segment(next.getLast().from(), end, false));
    all = List.copyOf(next);
  }

  void add(Segment segment) {
    List<Segment> next = new ArrayList<>(all);
    next.add(segment);
    all = List.copyOf(next);
  }

  byte[] read(long position) throws IOException {
    Segment segment = containing(position);
    synchronized (readers) {
      SegmentReader reader = reader(segment);
      Optional<Frame> frame = reader.at(position, segment.to());
      if (frame.isEmpty() || frame.get().mark()) {
        throw damaged(segment, position);
      }
      return payload(segment, frame.get());
    }
  }

  private Segment containing(long position) {
    for (Segment segment : all) {
      if (position >= segment.from() && position < segment.to() && !segment.aside()) {
        return segment;
      }
    }
    throw new IllegalArgumentException("no synced record is at " + position);
  }

  private SegmentReader reader(Segment segment) throws IOException {
    SegmentReader reader = readers.get(segment.from());
    if (reader == null) {
      reader = open(segment, READ_WINDOW);
      readers.put(segment.from(), reader);
      if (readers.size() > OPEN_FILES) {
        Iterator<SegmentReader> leastUsed = readers.values().iterator();
        leastUsed.next().close();
        leastUsed.remove();
      }
    }
    return reader;
  }

  private SegmentReader open(Segment segment, int window) throws IOException {
    Disk.File file = disk.open(SegmentNames.segment(segment.from()));
    Optional<SegmentHeader> header = SegmentReader.header(file, segment.from());
    if (header.isEmpty()) {
      file.close();
      throw new CorruptLogException(
          new Damage(segment.from(), segment.from(), "not the header of this segment"));
    }
    return new SegmentReader(file, header.get(), window);
  }

  private byte[] payload(Segment segment, Frame frame) throws IOException {
    if (frame.payload().remaining() > recordLimit) {
      throw new CorruptLogException(
          new Damage(segment.from(), frame.position(), "a record longer than the limit"));
    }
    byte[] payload = new byte[frame.payload().remaining()];
    frame.payload().get(payload);
    return payload;
  }

  private static CorruptLogException damaged(Segment segment, long position) {
    return new CorruptLogException(
        new Damage(segment.from(), position, "a frame that had been durable is damaged"));
  }

  long scan(long from, SegmentLog.Visitor visitor) throws IOException {
    long position = from;
    for (Segment segment : all) {
      if (segment.to() <= position) {
        continue;
      }
      position = Math.max(position, segment.from());
      if (segment.aside()) {
        position = segment.to();
        continue;
      }
      try (SegmentReader reader = open(segment, SCAN_WINDOW)) {
        position = Math.max(position, reader.firstFrame());
        while (position < segment.to()) {
          Optional<Frame> found = reader.at(position, segment.to());
          if (found.isEmpty()) {
            throw damaged(segment, position);
          }
          Frame frame = found.get();
          position = frame.next();
          if (!show(segment, frame, visitor)) {
            return position;
          }
        }
      }
    }
    return position;
  }

  private boolean show(Segment segment, Frame frame, SegmentLog.Visitor visitor)
      throws IOException {
    Optional<Kind> kind = Kind.of(frame.code());
    return kind.isEmpty() || visitor.record(frame.position(), kind.get(), payload(segment, frame));
  }

  /** One directory sync each: a cut between two must not leave the older and take the newer. */
  void deleteBefore(long position) throws IOException {
    while (all.size() > 1 && all.getFirst().to() <= position) {
      Segment oldest = all.getFirst();
      forget(oldest);
      disk.delete(
          oldest.aside() ? SegmentNames.aside(oldest.from()) : SegmentNames.segment(oldest.from()));
      disk.sync();
      all = List.copyOf(all.subList(1, all.size()));
    }
  }

  void setAside(long base) throws IOException {
    List<Segment> next = new ArrayList<>(all);
    int index = 0;
    while (index < next.size() && next.get(index).from() != base) {
      index++;
    }
    if (index == next.size() || next.get(index).aside()) {
      throw new IllegalArgumentException("no segment starts at " + base);
    }
    Segment segment = next.get(index);
    forget(segment);
    disk.rename(SegmentNames.segment(base), SegmentNames.aside(base));
    disk.sync();
    next.set(index, new Segment(base, segment.to(), true));
    all = List.copyOf(next);
  }

  private void forget(Segment segment) throws IOException {
    synchronized (readers) {
      SegmentReader reader = readers.remove(segment.from());
      if (reader != null) {
        reader.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (readers) {
      for (SegmentReader reader : readers.values()) {
        reader.close();
      }
      readers.clear();
    }
  }
}
