package dev.telltale.ledger.fsck;

import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One segment of the journal, read by offsets into its file. */
final class SegmentFile {
  static final int HEADER = 40;
  static final int HEAD = 1;
  static final int ENTRY = 2;
  static final int CLOSING = 3;
  static final int MARK = 4;

  private static final byte[] MAGIC = {'T', 'E', 'L', 'L', 'S', 'E', 'G', '1'};
  private static final int FRAME_HEADER = 8;

  private final String name;
  private final long base;
  private final ByteBuffer content;

  private SegmentFile(String name, ByteBuffer content) {
    this.name = name;
    this.base = Long.parseLong(name.substring(0, name.indexOf('.')));
    this.content = content;
  }

  record Frame(int offset, int kind, Bytes payload, int end) {}

  static SegmentFile map(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return new SegmentFile(String.valueOf(path.getFileName()), content);
    }
  }

  String name() {
    return name;
  }

  long base() {
    return base;
  }

  int size() {
    return content.limit();
  }

  /** Magic, base as in the name, checksum, and a head that fits the file. */
  boolean headerIntact() {
    return content.limit() >= HEADER
        && content.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
        && content.getLong(8) == base
        && content.getInt(36) == crc(content.slice(0, 36))
        && headLength() >= HEADER
        && headLength() <= content.limit();
  }

  /** The offset behind what was there before the file got its name. */
  int headLength() {
    return content.getInt(32);
  }

  /** The frame at this offset, if there is an intact one. */
  Optional<Frame> frame(int offset) {
    if (content.limit() - offset < FRAME_HEADER) {
      return Optional.empty();
    }
    int kind = content.get(offset + 4);
    int length = content.getInt(offset + 4) & 0xFF_FFFF;
    int padded = (FRAME_HEADER + length + 7) & ~7;
    if (kind < HEAD || kind > MARK || content.limit() - offset < padded) {
      return Optional.empty();
    }
    ByteBuffer context = ByteBuffer.allocate(24);
    context.put(content.slice(16, 16)).putLong(base + offset).flip();
    if (crc(context, content.slice(offset + 4, padded - 4)) != content.getInt(offset)) {
      return Optional.empty();
    }
    byte[] payload = new byte[length];
    content.get(offset + FRAME_HEADER, payload);
    return Optional.of(new Frame(offset, kind, Bytes.of(payload), offset + padded));
  }

  /** Whether an intact mark stands at or behind this offset: then all before it was durable. */
  boolean markedFrom(int offset) {
    for (int at = offset; content.limit() - at >= FRAME_HEADER; at += 8) {
      if (content.getInt(at + 4) == MARK << 24 && frame(at).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static int crc(ByteBuffer... parts) {
    CRC32C crc = new CRC32C();
    for (ByteBuffer part : parts) {
      crc.update(part);
    }
    return (int) crc.getValue();
  }
}
