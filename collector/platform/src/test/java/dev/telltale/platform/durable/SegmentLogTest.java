package dev.telltale.platform.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentLogTest {
  private static final SegmentLog.Settings SMALL =
      new SegmentLog.Settings(SegmentLog.Mode.RECORDS, 256, 1000);

  private final FaultyDisk disk = new FaultyDisk();

  private static SegmentLog open(Disk disk) throws IOException {
    return SegmentLog.open(disk, SMALL, new Random(1));
  }

  private static SegmentLog fresh(Disk disk, String... heads) throws IOException {
    SegmentLog log = open(disk);
    log.roll(List.of(heads).stream().map(SegmentLogTest::bytes).toList());
    return log;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> texts(SegmentLog log) throws IOException {
    List<String> found = new ArrayList<>();
    log.scan(
        0,
        (position, kind, payload) ->
            found.add((kind == Kind.HEAD ? "head:" : "") + new String(payload, UTF_8)));
    return found;
  }

  @Test
  void emptyLogWantsItsFirstSegment() throws IOException {
    SegmentLog log = open(disk);

    assertTrue(log.needsRoll());
    assertThrows(IllegalStateException.class, () -> log.append(bytes("a")));
  }

  @Test
  void syncedRecordsAreThereAfterReopening() throws IOException {
    SegmentLog log = fresh(disk, "snapshot");
    log.append(bytes("a"));
    log.append(new byte[0]);
    log.sync();
    log.append(bytes("never synced"));
    log.close();

    SegmentLog again = open(disk);

    assertEquals(List.of("head:snapshot", "a", ""), texts(again));
    assertEquals(List.of(), again.damage());
  }

  @Test
  void recordIsReadByThePositionThatAppendGave() throws IOException {
    SegmentLog log = fresh(disk);
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      positions.add(log.append(bytes("record " + i)));
      log.sync();
      if (log.full()) {
        log.roll(List.of(bytes("head")));
      }
    }

    for (int i = 0; i < 50; i++) {
      assertArrayEquals(bytes("record " + i), log.read(positions.get(i)));
    }
    assertTrue(log.segments().size() > 5);
  }

  @Test
  void scanGoesOnWhereItStopped() throws IOException {
    SegmentLog log = fresh(disk);
    for (String text : List.of("a", "b", "c")) {
      log.append(bytes(text));
    }
    log.sync();
    List<String> found = new ArrayList<>();

    long next =
        log.scan(
            0,
            (position, kind, payload) -> {
              found.add(new String(payload, UTF_8));
              return false;
            });
    long end = log.scan(next, (position, kind, payload) -> found.add(new String(payload, UTF_8)));

    assertEquals(List.of("a", "b", "c"), found);
    assertEquals(log.end(), end);
  }

  @Test
  void unsyncedRecordsAreNotShown() throws IOException {
    SegmentLog log = fresh(disk);
    log.append(bytes("a"));
    log.sync();
    long position = log.append(bytes("b"));

    assertEquals(List.of("a"), texts(log));
    assertThrows(IllegalArgumentException.class, () -> log.read(position));
  }

  @Test
  void deletingTakesOldestSegmentsWhollyBeforeThePosition() throws IOException {
    SegmentLog log = fresh(disk, "one");
    log.append(bytes("a"));
    log.roll(List.of(bytes("two")));
    long second = log.append(bytes("b"));
    log.roll(List.of(bytes("three")));

    log.deleteBefore(second);

    assertEquals(List.of("head:two", "b", "head:three"), texts(log));
    assertEquals(List.of("head:two", "b", "head:three"), texts(open(disk)));
  }

  @Test
  void lastSegmentIsNeverDeleted() throws IOException {
    SegmentLog log = fresh(disk, "one");

    log.deleteBefore(Long.MAX_VALUE);

    assertEquals(List.of("head:one"), texts(log));
  }

  @Test
  void recordOverTheLimitIsRefused() throws IOException {
    SegmentLog log = fresh(disk);

    assertThrows(IllegalArgumentException.class, () -> log.append(new byte[1001]));
  }

  @Test
  void largeBatchesGoThroughTheBuffer() throws IOException {
    SegmentLog.Settings large =
        new SegmentLog.Settings(SegmentLog.Mode.BATCHES, 1 << 30, Frame.MOST);
    SegmentLog log = SegmentLog.open(disk, large, new Random(1));
    log.roll(List.of());
    byte[] big = new byte[3 << 20];
    new Random(2).nextBytes(big);
    long first = log.append(big);
    for (int i = 0; i < 20; i++) {
      log.append(new byte[200_000]);
    }
    log.appendClosing(bytes("end"));
    log.sync();

    assertArrayEquals(big, log.read(first));
    assertEquals(log.end(), SegmentLog.open(disk, large, new Random(1)).end());
  }

  @Test
  void openBatchCannotBeSyncedUntilItIsClosed() throws IOException {
    SegmentLog log = batches();
    log.append(bytes("a"));

    assertThrows(IllegalStateException.class, log::sync);
    assertThrows(IllegalStateException.class, () -> log.roll(List.of()));
    log.appendClosing(bytes("end"));
    log.sync();
    assertEquals(List.of("a", "end"), texts(log));
  }

  @Test
  void batchWithoutItsClosingRecordIsCut() throws IOException {
    SegmentLog log = batches();
    log.append(bytes("a"));
    log.appendClosing(bytes("end"));
    log.sync();
    long end = log.end();
    log.append(new byte[900]);
    for (int i = 0; i < 2000; i++) {
      log.append(new byte[900]);
    }
    log.close();

    SegmentLog again =
        SegmentLog.open(
            disk, new SegmentLog.Settings(SegmentLog.Mode.BATCHES, 256, 1000), new Random(1));

    assertEquals(List.of("a", "end"), texts(again));
    assertEquals(end, again.end());
    assertTrue(again.cutBytes() > 0);
  }

  private SegmentLog batches() throws IOException {
    SegmentLog log =
        SegmentLog.open(
            disk, new SegmentLog.Settings(SegmentLog.Mode.BATCHES, 256, 1000), new Random(1));
    log.roll(List.of());
    return log;
  }

  @Test
  void realDirectoryHoldsALogToo(@TempDir Path temp) throws IOException {
    Path path = temp.resolve("log");
    try (DirectoryDisk real = DirectoryDisk.own(path)) {
      SegmentLog log = fresh(real, "one");
      long a = log.append(bytes("a"));
      log.roll(List.of(bytes("two")));
      log.append(bytes("b"));
      log.sync();
      assertArrayEquals(bytes("a"), log.read(a));
      log.close();
    }
    try (DirectoryDisk real = DirectoryDisk.own(path)) {
      SegmentLog log = open(real);
      assertEquals(List.of("head:one", "a", "head:two", "b"), texts(log));
      log.deleteBefore(log.end());
      assertEquals(1, log.segments().size());
      log.close();
    }
  }

  @Test
  void interruptedThreadDoesNotHarmTheLog(@TempDir Path temp) throws IOException {
    try (DirectoryDisk real = DirectoryDisk.own(temp)) {
      SegmentLog log = fresh(real, "one");
      Thread.currentThread().interrupt();

      log.append(bytes("a"));
      log.sync();
      log.roll(List.of(bytes("two")));

      assertEquals(List.of("head:one", "a", "head:two"), texts(log));
      assertTrue(Thread.interrupted());
      log.close();
    }
  }

  @Test
  void directoryHasOneOwner(@TempDir Path temp) throws IOException {
    Path path = temp.resolve("log");
    try (DirectoryDisk first = DirectoryDisk.own(path)) {
      assertFalse(first.list().contains(DirectoryDisk.LOCK));
      assertThrows(IOException.class, () -> DirectoryDisk.own(path));
    }
    DirectoryDisk.own(path).close();
  }
}
