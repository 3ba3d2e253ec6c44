package dev.telltale.ledger.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.ledger.SmallLedger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes behind intact checksums, as by a mistake of the writer or on purpose. Then only what the
 * records say of each other gives them away.
 */
class ForgedJournalTest {
  private static final int ENTRY = 2;
  private static final int CLOSING = 3;

  /** Time is the last item of a closing record: a head and eight bytes. */
  private static final int TIME = 8;

  @TempDir private Path directory;

  @BeforeEach
  void writeLedger() throws IOException {
    SmallLedger.write(directory);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }

  private record Frame(int offset, int kind, int length) {
    int payload() {
      return offset + 8;
    }

    int end() {
      return offset + Math.ceilDiv(8 + length, 8) * 8;
    }
  }

  private static List<Frame> frames(ByteBuffer file) {
    List<Frame> frames = new ArrayList<>();
    for (int offset = 40; offset < file.limit(); offset = frames.getLast().end()) {
      int word = file.getInt(offset + 4);
      frames.add(new Frame(offset, word >>> 24, word & 0xFF_FFFF));
    }
    return frames;
  }

  /** Makes the checksum of a frame right for what the frame now is. */
  private static void seal(ByteBuffer file, Frame frame) {
    CRC32C crc = new CRC32C();
    crc.update(file.slice(16, 16));
    long position = file.getLong(8) + frame.offset();
    crc.update(ByteBuffer.allocate(8).putLong(position).flip());
    crc.update(file.slice(frame.offset() + 4, frame.end() - frame.offset() - 4));
    file.putInt(frame.offset(), (int) crc.getValue());
  }

  private Report runWith(Path segment, byte[] content) throws IOException {
    byte[] intact = Files.readAllBytes(segment);
    Files.write(segment, content);
    Report report = Fsck.run(directory, Optional.of(SmallLedger.key()));
    Files.write(segment, intact);
    return report;
  }

  /** The offsets of what the journal itself can vouch for: not attachments, not times. */
  private static List<Integer> vouchedFor(ByteBuffer file, Frame frame) {
    int from = frame.payload();
    int to = from + frame.length();
    if (frame.kind() == ENTRY) {
      int leaf = file.get(from + 1) & 0x1F;
      to = from + 2 + leaf + 1;
    } else if (frame.kind() == CLOSING) {
      to -= TIME;
    }
    List<Integer> offsets = new ArrayList<>(List.of(frame.offset() + 4));
    for (int at = from; at < to; at++) {
      offsets.add(at);
    }
    return offsets;
  }

  @Test
  void changedRecordIsNoticedBehindAnIntactChecksum() throws IOException {
    int changes = 0;
    for (Path segment : segments()) {
      byte[] intact = Files.readAllBytes(segment);
      for (Frame frame : frames(ByteBuffer.wrap(intact))) {
        for (int offset : vouchedFor(ByteBuffer.wrap(intact), frame)) {
          byte[] forged = intact.clone();
          forged[offset] ^= (byte) (1 << (offset % 5));
          seal(ByteBuffer.wrap(forged), frame);

          Report report = runWith(segment, forged);

          boolean lastMark = segment.equals(segments().getLast()) && frame.end() == intact.length;
          assertFalse(report.findings().isEmpty(), "byte " + offset + " of " + frame);
          assertEquals(lastMark, report.sound(), "byte " + offset + " of " + frame);
          changes++;
        }
      }
    }
    assertTrue(changes > 200);
  }

  @Test
  void recordTakenOutWithItsBytesIsNoticed() throws IOException {
    Path last = segments().getLast();
    byte[] intact = Files.readAllBytes(last);
    List<Frame> frames = frames(ByteBuffer.wrap(intact));
    for (Frame taken : frames.subList(0, frames.size() - 1)) {
      int length = taken.end() - taken.offset();
      byte[] forged = Arrays.copyOf(intact, intact.length - length);
      System.arraycopy(intact, taken.end(), forged, taken.offset(), intact.length - taken.end());
      ByteBuffer file = ByteBuffer.wrap(forged);
      frames(file).forEach(frame -> seal(file, frame));

      boolean onlyAMark = taken.kind() == 4 && taken.offset() > file.getInt(32);
      assertEquals(onlyAMark, runWith(last, forged).sound(), "without " + taken);
    }
  }

  @Test
  void timeThatFallsIsNoticed() throws IOException {
    Path last = segments().getLast();
    byte[] forged = Files.readAllBytes(last);
    ByteBuffer file = ByteBuffer.wrap(forged);
    for (Frame frame : frames(file)) {
      if (frame.kind() == CLOSING) {
        int time = frame.payload() + frame.length() - TIME;
        file.putLong(time, file.getLong(time) - 1);
        seal(file, frame);
      }
    }

    Report report = runWith(last, forged);

    assertFalse(report.sound());
    assertTrue(report.findings().getFirst().detail().contains("older"));
  }
}
