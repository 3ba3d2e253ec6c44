package dev.telltale.platform.durable;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/**
 * The first 40 bytes of a segment: magic, base (u64), salt (16 bytes), length of the head (u32: all
 * bytes that were durable when the file got its name), CRC32C of the 36 bytes before.
 *
 * <p>The salt enters the checksum of each frame. So a frame is none in another segment, nor when it
 * is quoted inside a record by somebody who would like to be read as a frame.
 */
record SegmentHeader(long base, long salt1, long salt2, int headLength) {
  static final int LENGTH = 40;

  /** "TELLSEG" and the version of the format. */
  private static final long MAGIC = 0x54454c4c53454731L;

  static SegmentHeader create(long base, RandomGenerator random) {
    return new SegmentHeader(base, random.nextLong(), random.nextLong(), LENGTH);
  }

  SegmentHeader withHeadLength(int length) {
    return new SegmentHeader(base, salt1, salt2, length);
  }

  void encode(ByteBuffer target) {
    int start = target.position();
    target.putLong(MAGIC).putLong(base).putLong(salt1).putLong(salt2).putInt(headLength);
    target.putInt(crc(target.duplicate().position(start).limit(start + LENGTH - Integer.BYTES)));
  }

  /** Empty unless these 40 bytes are the header of the segment that starts at this position. */
  static Optional<SegmentHeader> decode(ByteBuffer source, long base) {
    if (source.remaining() != LENGTH) {
      return Optional.empty();
    }
    int crc = crc(source.duplicate().limit(source.position() + LENGTH - Integer.BYTES));
    boolean ours = source.getLong() == MAGIC && source.getLong() == base;
    SegmentHeader header =
        new SegmentHeader(base, source.getLong(), source.getLong(), source.getInt());
    boolean intact = source.getInt() == crc && header.headLength >= LENGTH;
    return ours && intact ? Optional.of(header) : Optional.empty();
  }

  private static int crc(ByteBuffer covered) {
    CRC32C crc = new CRC32C();
    crc.update(covered);
    return (int) crc.getValue();
  }
}
