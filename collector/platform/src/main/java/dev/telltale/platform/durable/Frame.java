package dev.telltale.platform.durable;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One frame as found in a segment: CRC32C (u32), kind (u8), length (u24), payload, zeros up to a
 * multiple of 8. The checksum covers the salt of the segment, the position of the frame, kind and
 * length, payload and zeros.
 */
record Frame(long position, int code, ByteBuffer payload) {
  static final int HEADER = 8;
  static final int ALIGNMENT = 8;
  static final int MOST = 0xFF_FFFF;

  /** Says that all before it is durable; not shown to users of the log. */
  static final int MARK = 4;

  /** Kind and length of a mark, as they stand in the frame. */
  static final int MARK_WORD = MARK << 24;

  static int sizeFor(int payload) {
    return Math.ceilDiv(HEADER + payload, ALIGNMENT) * ALIGNMENT;
  }

  int size() {
    return sizeFor(payload.limit());
  }

  long next() {
    return position + size();
  }

  boolean mark() {
    return code == MARK;
  }

  static void encode(
      ByteBuffer target, SegmentHeader segment, long position, int code, byte[] payload) {
    int start = target.position();
    int size = sizeFor(payload.length);
    target.putInt(0).putInt((code << 24) | payload.length).put(payload);
    while (target.position() < start + size) {
      target.put((byte) 0);
    }
    ByteBuffer covered = target.duplicate().position(start + Integer.BYTES).limit(start + size);
    target.putInt(start, crc(segment, position, covered));
  }

  /** The checksum over everything of a frame behind its first four bytes. */
  static int crc(SegmentHeader segment, long position, ByteBuffer covered) {
    ByteBuffer context = ByteBuffer.allocate(3 * Long.BYTES);
    context.putLong(segment.salt1()).putLong(segment.salt2()).putLong(position).flip();
    CRC32C crc = new CRC32C();
    crc.update(context);
    crc.update(covered);
    return (int) crc.getValue();
  }
}
