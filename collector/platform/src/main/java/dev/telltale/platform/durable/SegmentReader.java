package dev.telltale.platform.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads frames of one segment through a window. Not thread-safe. */
final class SegmentReader implements AutoCloseable {
  private final Disk.File file;
  private final SegmentHeader header;
  private ByteBuffer window;
  private long windowStart;

  SegmentReader(Disk.File file, SegmentHeader header, int windowSize) {
    this.file = file;
    this.header = header;
    this.window = ByteBuffer.allocate(windowSize).limit(0);
  }

  /** Empty if the file does not begin with the header of this segment. */
  static Optional<SegmentHeader> header(Disk.File file, long base) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.LENGTH);
    file.read(0, bytes);
    return SegmentHeader.decode(bytes.flip(), base);
  }

  SegmentHeader header() {
    return header;
  }

  long firstFrame() {
    return header.base() + SegmentHeader.LENGTH;
  }

  /**
   * The intact frame at this position that ends at or before {@code end}; empty if there is none.
   * Its payload is valid until the next call.
   */
  Optional<Frame> at(long position, long end) throws IOException {
    if (end - position < Frame.HEADER || !load(position, Frame.HEADER)) {
      return Optional.empty();
    }
    int word = word(position);
    int code = word >>> 24;
    int length = word & Frame.MOST;
    int size = Frame.sizeFor(length);
    boolean known = Kind.of(code).isPresent() || word == Frame.MARK_WORD;
    if (!known || end - position < size || !load(position, size)) {
      return Optional.empty();
    }
    int start = index(position);
    ByteBuffer covered = window.duplicate().position(start + Integer.BYTES).limit(start + size);
    if (Frame.crc(header, position, covered) != window.getInt(start)) {
      return Optional.empty();
    }
    return Optional.of(new Frame(position, code, window.slice(start + Frame.HEADER, length)));
  }

  /** The first intact mark at or after {@code from}, which is a possible frame position. */
  Optional<Frame> markFrom(long from, long end) throws IOException {
    for (long at = from; end - at >= Frame.HEADER; at += Frame.ALIGNMENT) {
      if (load(at, Frame.HEADER) && word(at) == Frame.MARK_WORD) {
        Optional<Frame> mark = at(at, end);
        if (mark.isPresent()) {
          return mark;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private int word(long position) {
    return window.getInt(index(position) + Integer.BYTES);
  }

  private int index(long position) {
    return (int) (position - header.base() - windowStart);
  }

  /** Makes these bytes part of the window; false if the file ends before. */
  private boolean load(long position, int length) throws IOException {
    long offset = position - header.base();
    if (offset >= windowStart && offset + length <= windowStart + window.limit()) {
      return true;
    }
    if (length > window.capacity()) {
      window = ByteBuffer.allocate(length);
    }
    window.clear();
    windowStart = offset;
    file.read(offset, window);
    window.flip();
    return window.limit() >= length;
  }
}
