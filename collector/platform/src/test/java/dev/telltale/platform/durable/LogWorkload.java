package dev.telltale.platform.durable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A log being used, and what must be true of it at any time: the records found are a run of those
 * appended, from one that may be the first to one that is not before the last acknowledged.
 */
final class LogWorkload {
  private static final byte[] HEAD = "what makes a segment usable by itself".getBytes(UTF_8);

  private final SegmentLog.Settings settings;
  private int appended;
  private int acknowledged;
  private int mayBeDeleted;
  private final List<Integer> batchEnds = new ArrayList<>(List.of(0));

  LogWorkload(SegmentLog.Mode mode) {
    this.settings = new SegmentLog.Settings(mode, 300, 100);
  }

  private SegmentLog open(Disk disk) throws IOException {
    SegmentLog log = SegmentLog.open(disk, settings, new Random(7));
    if (log.needsRoll()) {
      log.roll(List.of(HEAD));
    }
    return log;
  }

  /** Four batches of different sizes, three segments, one deleted; then opened again and used. */
  void run(Disk disk) throws IOException {
    try (SegmentLog log = open(disk)) {
      write(log, 1);
      write(log, 3);
      log.roll(List.of(HEAD));
      write(log, 2);
      appendBatch(log, 1);
      log.roll(List.of(HEAD));
      acknowledged = appended;
      write(log, 1);
      mayBeDeleted = 4;
      log.deleteBefore(log.segments().get(1).from());
      mayBeDeleted = 7;
      log.deleteBefore(log.segments().getLast().from());
    }
    reopen(disk);
  }

  /** All a reopened log shows counts as acknowledged: somebody may act on it. */
  void reopen(Disk disk) throws IOException {
    try (SegmentLog log = open(disk)) {
      List<Integer> found = records(log);
      acknowledged = Math.max(acknowledged, found.isEmpty() ? 0 : found.getLast());
      appended = acknowledged;
      write(log, 2);
    }
  }

  /** The disk fails a force; the log is closed, opened and read, as after a restart. */
  void runWithFailedForce(FaultyDisk disk) throws IOException {
    try (SegmentLog log = open(disk)) {
      write(log, 2);
      appendBatch(log, 2);
      disk.fail(FaultyDisk.Operation.FORCE, 1);
      log.sync();
      throw new AssertionError("the force did not fail");
    } catch (IOException e) {
      reopen(disk);
    }
  }

  /** The program ends between a segment's name and the sync of the directory. */
  void runWithFailedDirectorySync(FaultyDisk disk) throws IOException {
    try (SegmentLog log = open(disk)) {
      write(log, 2);
      disk.fail(FaultyDisk.Operation.SYNC, 1);
      log.roll(List.of(HEAD));
      throw new AssertionError("the sync did not fail");
    } catch (IOException e) {
      reopen(disk);
    }
  }

  private void write(SegmentLog log, int records) throws IOException {
    appendBatch(log, records);
    log.sync();
    acknowledged = appended;
  }

  private void appendBatch(SegmentLog log, int records) throws IOException {
    int end = appended + records;
    batchEnds.add(end);
    while (appended < end) {
      appended++;
      byte[] record = record(appended);
      if (appended == end) {
        log.appendClosing(record);
      } else {
        log.append(record);
      }
    }
  }

  /** Numbered, and of lengths that differ. */
  private static byte[] record(int number) {
    return (number + " " + "x".repeat(number * 5 % 31)).getBytes(UTF_8);
  }

  private static List<Integer> records(SegmentLog log) throws IOException {
    List<Integer> found = new ArrayList<>();
    log.scan(
        0,
        (position, kind, payload) -> {
          if (kind != Kind.HEAD) {
            String text = new String(payload, UTF_8);
            int number = Integer.parseInt(text.substring(0, text.indexOf(' ')));
            if (!text.equals(new String(record(number), UTF_8))) {
              throw new Lost("record " + number + " changed");
            }
            found.add(number);
          }
          return true;
        });
    return found;
  }

  /** Thrown where something is not as it must be. */
  static final class Lost extends IOException {
    private static final long serialVersionUID = 1L;

    Lost(String what) {
      super(what);
    }
  }

  /** Opens a disk as it is after a cut and says what is wrong, by throwing {@link Lost}. */
  void check(FaultyDisk disk) throws IOException {
    int last;
    try (SegmentLog log = open(disk)) {
      if (!log.damage().isEmpty()) {
        throw new Lost("damage reported: " + log.damage());
      }
      last = checkRecords(records(log));
      log.append("0 ".getBytes(UTF_8));
      log.appendClosing("0 ".getBytes(UTF_8));
      log.sync();
    } catch (CorruptLogException e) {
      throw new Lost("corruption reported: " + e.getMessage());
    }
    for (FaultyDisk cut : disk.powerCuts(8, 3)) {
      try (SegmentLog log = open(cut)) {
        List<Integer> found = records(log);
        List<Integer> tail = found.subList(Math.max(0, found.size() - 2), found.size());
        boolean same = found.size() < 3 || found.get(found.size() - 3) == last;
        if (!tail.equals(List.of(0, 0)) || !same) {
          throw new Lost("what was written after recovery is " + found);
        }
      }
    }
  }

  private int checkRecords(List<Integer> found) throws Lost {
    int first = found.isEmpty() ? acknowledged + 1 : found.getFirst();
    int last = found.isEmpty() ? acknowledged : found.getLast();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) != first + i) {
        throw new Lost("not one after the other: " + found);
      }
    }
    if (first > mayBeDeleted + 1 || last < acknowledged || last > appended) {
      throw new Lost(
          "acknowledged " + acknowledged + ", deleted " + mayBeDeleted + ", found " + found);
    }
    if (settings.mode() == SegmentLog.Mode.BATCHES && !batchEnds.contains(last)) {
      throw new Lost("part of a batch: " + found);
    }
    return last;
  }
}
