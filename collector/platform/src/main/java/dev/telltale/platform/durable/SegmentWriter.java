package dev.telltale.platform.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/** The segment that is written to: a buffer in front of a file. Not thread-safe. */
final class SegmentWriter implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final int FLUSH_AT = 1 << 20;

  private final Disk.File file;
  private final SegmentHeader header;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long written;
  private long synced;
  private boolean marked;

  private SegmentWriter(Disk.File file, SegmentHeader header, long end, boolean marked) {
    this.file = file;
    this.header = header;
    this.written = end;
    this.synced = end;
    this.marked = marked;
  }

  /** Goes on behind a recovered and repaired tail. */
  static SegmentWriter resume(Disk.File file, TailRecovery.Tail tail) throws IOException {
    boolean marked = tail.marked() == tail.end();
    SegmentWriter writer = new SegmentWriter(file, tail.header(), tail.end(), marked);
    writer.mark();
    return writer;
  }

  /**
   * A new segment with its head. It gets its name when its head is durable, so a segment without
   * its head does not exist; and its name is durable before anything in it is said to be.
   */
  static SegmentWriter create(Disk disk, long base, List<byte[]> heads, RandomGenerator random)
      throws IOException {
    Disk.File file = disk.create(SegmentNames.unfinished(base));
    SegmentHeader header = SegmentHeader.create(base, random);
    long headLength = SegmentHeader.LENGTH + Frame.HEADER;
    for (byte[] head : heads) {
      headLength += Frame.sizeFor(head.length);
    }
    header = header.withHeadLength(Math.toIntExact(headLength));
    SegmentWriter writer = new SegmentWriter(file, header, base, true);
    header.encode(writer.buffer);
    for (byte[] head : heads) {
      writer.append(Kind.HEAD.code(), head);
    }
    writer.append(Frame.MARK, new byte[0]);
    writer.flush();
    file.force();
    disk.rename(SegmentNames.unfinished(base), SegmentNames.segment(base));
    disk.sync();
    writer.synced = writer.written;
    return writer;
  }

  long base() {
    return header.base();
  }

  /** Where the next frame goes. */
  long end() {
    return written + buffer.position();
  }

  /** Everything before is durable. */
  long synced() {
    return synced;
  }

  long append(int code, byte[] payload) throws IOException {
    int size = Frame.sizeFor(payload.length);
    if (buffer.position() > 0 && buffer.position() + size > FLUSH_AT) {
      flush();
    }
    if (size > buffer.remaining()) {
      int larger = Math.max(buffer.position() + size, Math.min(2 * buffer.capacity(), FLUSH_AT));
      buffer = ByteBuffer.allocate(larger).put(buffer.flip());
    }
    long position = end();
    Frame.encode(buffer, header, position, code, payload);
    return position;
  }

  void sync() throws IOException {
    if (end() == synced) {
      return;
    }
    flush();
    file.force();
    synced = written;
    marked = false;
    mark();
  }

  /** Makes all durable, the last mark too: from now on the length of the file is its end. */
  void seal() throws IOException {
    sync();
    file.force();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void flush() throws IOException {
    int length = buffer.position();
    file.write(written - header.base(), buffer.flip());
    written += length;
    buffer.clear();
  }

  /** Says on the disk that all before is durable. Not forced itself: the next force takes it. */
  private void mark() throws IOException {
    if (!marked) {
      append(Frame.MARK, new byte[0]);
      flush();
      synced = written;
      marked = true;
    }
  }
}
