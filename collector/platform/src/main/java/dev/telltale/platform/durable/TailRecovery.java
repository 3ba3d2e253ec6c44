package dev.telltale.platform.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Decides what of the last segment counts. A frame that is not intact ends it. If a mark follows
 * further on, the bytes had been durable and are damaged; else a power cut tore them, nobody was
 * ever told that they were there, and they are cut.
 */
final class TailRecovery {
  private static final int WINDOW = 64 * 1024;

  private final SegmentReader reader;
  private final SegmentLog.Mode mode;
  private final long fileEnd;

  /** Where the next frame begins. */
  private long position;

  /** The end of what counts in this mode. */
  private long settled;

  /** The end of the last mark. */
  private long marked;

  private TailRecovery(Disk.File file, SegmentHeader header, SegmentLog.Mode mode)
      throws IOException {
    this.reader = new SegmentReader(file, header, WINDOW);
    this.mode = mode;
    this.fileEnd = header.base() + file.size();
    this.position = reader.firstFrame();
  }

  /** What counts ends at {@code end}; what is known durable ends with a mark at {@code marked}. */
  record Tail(SegmentHeader header, long end, long marked, long fileEnd) {}

  static Tail examine(Disk.File file, long base, SegmentLog.Mode mode) throws IOException {
    Optional<SegmentHeader> header = SegmentReader.header(file, base);
    if (header.isEmpty()) {
      throw new CorruptLogException(new Damage(base, base, "not the header of this segment"));
    }
    return new TailRecovery(file, header.get(), mode).scan();
  }

  private Tail scan() throws IOException {
    SegmentHeader header = reader.header();
    long head = header.base() + header.headLength();
    for (Optional<Frame> f = next(); f.isPresent(); f = next()) {
      Frame frame = f.get();
      position = frame.next();
      if (frame.mark()) {
        marked = position;
      }
      if (frame.mark() || mode == SegmentLog.Mode.RECORDS || frame.code() == Kind.CLOSING.code()) {
        settled = position;
      }
    }
    boolean wasDurable =
        position < head || reader.markFrom(position + Frame.ALIGNMENT, fileEnd).isPresent();
    if (wasDurable) {
      throw new CorruptLogException(
          new Damage(header.base(), position, "a frame that had been durable is damaged"));
    }
    return new Tail(header, settled, marked, fileEnd);
  }

  private Optional<Frame> next() throws IOException {
    return reader.at(position, fileEnd);
  }

  /**
   * Makes what counts durable and the rest disappear before anything is appended. What no mark
   * covers is written again: after a failed force the system may show pages that never reached the
   * disk and hold them for clean, so that a force alone would do nothing.
   */
  static void repair(Disk.File file, Tail tail) throws IOException {
    if (tail.end() == tail.fileEnd() && tail.end() == tail.marked()) {
      return;
    }
    long base = tail.header().base();
    if (tail.fileEnd() > tail.end()) {
      file.truncate(tail.end() - base);
    }
    ByteBuffer chunk = ByteBuffer.allocate(WINDOW);
    long at = tail.marked() - Frame.HEADER;
    while (at < tail.end()) {
      chunk.clear().limit((int) Math.min(WINDOW, tail.end() - at));
      if (file.read(at - base, chunk) != chunk.limit()) {
        throw new IOException("segment " + SegmentNames.segment(base) + " became shorter");
      }
      file.write(at - base, chunk.flip());
      at += chunk.limit();
    }
    file.force();
  }
}
