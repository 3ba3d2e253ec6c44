package dev.telltale.platform.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damage to bytes that had been durable is reported; a torn end is cut. They are told apart. */
class DamageTest {
  private static final List<String> SYNCED = List.of("head", "first", "second", "third");

  private final FaultyDisk disk = new FaultyDisk();
  private String name = "";

  private static SegmentLog open(Disk disk, SegmentLog.Mode mode) throws IOException {
    return SegmentLog.open(disk, new SegmentLog.Settings(mode, 1 << 20, 100), new Random(1));
  }

  private static SegmentLog open(Disk disk) throws IOException {
    return open(disk, SegmentLog.Mode.RECORDS);
  }

  private static List<String> texts(SegmentLog log, long from) throws IOException {
    List<String> found = new ArrayList<>();
    log.scan(from, (position, kind, payload) -> found.add(new String(payload, UTF_8)));
    return found;
  }

  @BeforeEach
  void writeOneSegment() throws IOException {
    SegmentLog log = open(disk);
    log.roll(List.of("head".getBytes(UTF_8)));
    for (String text : SYNCED.subList(1, SYNCED.size())) {
      log.appendClosing(text.getBytes(UTF_8));
      log.sync();
    }
    log.close();
    name = disk.list().getFirst();
  }

  @ParameterizedTest
  @EnumSource(SegmentLog.Mode.class)
  void flippedBitInAnyDurableByteIsReportedAndNothingIsCut(SegmentLog.Mode mode)
      throws IOException {
    byte[] intact = disk.content(name);
    for (int bit = 0; bit < (intact.length - Frame.HEADER) * 8; bit++) {
      byte[] damaged = intact.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      disk.corrupt(name, damaged);

      try (SegmentLog log = open(disk, mode)) {
        boolean mark = log.damage().isEmpty();
        if (mark) {
          assertEquals(SYNCED, texts(log, 0), "bit " + bit);
          assertFalse(log.needsRoll());
        } else {
          assertTrue(log.needsRoll());
          assertEquals(intact.length, disk.content(name).length);
          assertTrue(log.damage().getFirst().position() <= bit / 8);
        }
      }
    }
  }

  @Test
  void flippedBitInTheLastMarkCostsNothing() throws IOException {
    byte[] damaged = disk.content(name);
    damaged[damaged.length - 1] ^= 1;
    disk.corrupt(name, damaged);

    SegmentLog log = open(disk);

    assertEquals(SYNCED, texts(log, 0));
    assertEquals(List.of(), log.damage());
  }

  @Test
  void fileCutShortOfItsHeadIsDamage() throws IOException {
    byte[] intact = disk.content(name);
    for (int length = 0; length < 64; length++) {
      disk.corrupt(name, Arrays.copyOf(intact, length));
      assertFalse(open(disk).damage().isEmpty());
    }
  }

  @Test
  void tornEndIsCutAndReported() throws IOException {
    byte[] intact = disk.content(name);
    byte[] torn = Arrays.copyOf(intact, intact.length + 100);
    Arrays.fill(torn, intact.length + 20, torn.length, (byte) 7);
    disk.corrupt(name, torn);

    SegmentLog log = open(disk);

    assertEquals(SYNCED, texts(log, 0));
    assertEquals(100, log.cutBytes());
    assertEquals(intact.length, disk.content(name).length);
  }

  /** Whoever can have a record written must not be able to have it read as a mark. */
  @Test
  void copiedMarkInsideATornRecordIsNoMark() throws IOException {
    byte[] intact = disk.content(name);
    byte[] torn = Arrays.copyOf(intact, intact.length + 64);
    for (int at = intact.length + 8; at < torn.length; at += 8) {
      System.arraycopy(intact, intact.length - 8, torn, at, 8);
    }
    disk.corrupt(name, torn);

    assertEquals(List.of(), open(disk).damage());
  }

  @Test
  void logGoesOnBehindADamagedLastSegment() throws IOException {
    damageSecondRecord();
    SegmentLog log = open(disk);
    assertThrows(IllegalStateException.class, () -> log.append(new byte[1]));
    assertThrows(CorruptLogException.class, () -> texts(log, 0));

    log.roll(List.of("new head".getBytes(UTF_8)));
    log.append("fourth".getBytes(UTF_8));
    log.sync();

    long second = log.segments().get(1).from();
    assertEquals(List.of("new head", "fourth"), texts(log, second));
    SegmentLog again = open(disk);
    assertEquals(List.of(), again.damage());
    assertEquals(List.of("new head", "fourth"), texts(again, second));
  }

  @Test
  void segmentSetAsideIsPassedOverAndKept() throws IOException {
    damageSecondRecord();
    byte[] damaged = disk.content(name);
    SegmentLog log = open(disk);
    log.roll(List.of("new head".getBytes(UTF_8)));

    log.setAside(log.segments().getFirst().from());

    assertEquals(List.of("new head"), texts(log, 0));
    SegmentLog again = open(disk);
    assertEquals(List.of("new head"), texts(again, 0));
    assertTrue(again.segments().getFirst().aside());
    assertTrue(Arrays.equals(damaged, disk.content(disk.list().getFirst())));
  }

  @Test
  void missingSegmentIsReported() throws IOException {
    SegmentLog log = open(disk);
    log.roll(List.of());
    log.roll(List.of());
    log.close();
    disk.delete(disk.list().get(1));

    List<Damage> damage = open(disk).damage();

    assertEquals(1, damage.size());
    assertEquals(0, damage.getFirst().segment());
  }

  @Test
  void damageInAnEarlierSegmentIsMetWhereItIs() throws IOException {
    SegmentLog log = open(disk);
    long second =
        log.scan(0, (position, kind, payload) -> !new String(payload, UTF_8).equals("first"));
    log.roll(List.of());
    log.close();
    damageSecondRecord();

    SegmentLog again = open(disk);

    assertEquals(List.of(), again.damage());
    CorruptLogException e = assertThrows(CorruptLogException.class, () -> texts(again, 0));
    assertEquals(new Damage(0, second + Frame.HEADER, e.damage().detail()), e.damage());
    assertThrows(CorruptLogException.class, () -> again.read(second + Frame.HEADER));
  }

  private void damageSecondRecord() throws IOException {
    byte[] content = disk.content(name);
    String text = new String(content, java.nio.charset.StandardCharsets.ISO_8859_1);
    content[text.indexOf("second")] ^= 4;
    disk.corrupt(name, content);
  }
}
