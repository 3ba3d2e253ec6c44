package dev.telltale.platform.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.platform.durable.FaultyDisk.Operation;
import dev.telltale.platform.durable.FaultyDisk.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cuts the power after each step of a run, with every outcome for what was not synced; then leaves
 * out each step that makes something durable, and demands that something is then lost.
 */
class CrashTest {
  private static final int OUTCOMES = 300;

  private static final Set<Site> LOG_STEPS =
      Set.of(
          new Site(Operation.FORCE, "SegmentWriter.create"),
          new Site(Operation.RENAME, "SegmentWriter.create"),
          new Site(Operation.SYNC, "SegmentWriter.create"),
          new Site(Operation.FORCE, "SegmentWriter.sync"),
          new Site(Operation.FORCE, "SegmentWriter.seal"),
          new Site(Operation.SYNC, "Segments.list"),
          new Site(Operation.FORCE, "TailRecovery.repair"),
          new Site(Operation.SYNC, "Segments.deleteBefore"));

  private interface Check {
    void check(FaultyDisk disk) throws IOException;
  }

  private interface Run {
    void run(FaultyDisk disk) throws IOException;
  }

  /** The first thing found lost in some outcome of a cut at some step, or by the run itself. */
  private static Optional<String> firstLoss(FaultyDisk disk, Run run, Check check) {
    List<String> losses = new ArrayList<>();
    int[] step = {0};
    Consumer<String> cutPower =
        where -> {
          step[0]++;
          if (losses.isEmpty()) {
            lossOfCut(disk, step[0], check).ifPresent(loss -> losses.add(where + ": " + loss));
          }
        };
    disk.afterEachStep(site -> cutPower.accept("cut after step " + step[0] + ", " + site));
    try {
      run.run(disk);
      cutPower.accept("cut at the end");
    } catch (IOException | RuntimeException e) {
      losses.add("without any cut: " + e);
    }
    assertTrue(step[0] > 1);
    return losses.stream().findFirst();
  }

  private static Optional<String> lossOfCut(FaultyDisk disk, int seed, Check check) {
    for (FaultyDisk cut : disk.powerCuts(OUTCOMES, seed)) {
      try {
        check.check(cut);
      } catch (IOException | RuntimeException e) {
        return Optional.of(e.toString());
      }
    }
    return Optional.empty();
  }

  @ParameterizedTest
  @EnumSource(SegmentLog.Mode.class)
  void everyPowerCutLeavesWhatWasSynced(SegmentLog.Mode mode) {
    FaultyDisk disk = new FaultyDisk();
    LogWorkload workload = new LogWorkload(mode);

    assertEquals(Optional.empty(), firstLoss(disk, workload::run, workload::check));
  }

  @ParameterizedTest
  @EnumSource(SegmentLog.Mode.class)
  void powerCutAfterAFailedForceLeavesWhatRecoveryShowed(SegmentLog.Mode mode) {
    FaultyDisk disk = new FaultyDisk();
    LogWorkload workload = new LogWorkload(mode);

    assertEquals(Optional.empty(), firstLoss(disk, workload::runWithFailedForce, workload::check));
  }

  @Test
  void everyStepThatMakesALogDurableIsKnown() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    new LogWorkload(SegmentLog.Mode.RECORDS).run(disk);
    FaultyDisk failing = new FaultyDisk();
    new LogWorkload(SegmentLog.Mode.RECORDS).runWithFailedForce(failing);

    Set<Site> steps = new TreeSet<>(disk.sites());
    steps.addAll(failing.sites());

    assertEquals(new TreeSet<>(LOG_STEPS), steps);
  }

  @ParameterizedTest
  @CsvSource({
    "FORCE, SegmentWriter.create",
    "RENAME, SegmentWriter.create",
    "SYNC, SegmentWriter.create",
    "FORCE, SegmentWriter.sync",
    "FORCE, SegmentWriter.seal",
    "SYNC, Segments.deleteBefore",
  })
  void withoutThisStepAPowerCutLosesRecords(Operation operation, String caller) {
    Site site = new Site(operation, caller);
    assertTrue(LOG_STEPS.contains(site));
    FaultyDisk disk = new FaultyDisk();
    disk.leaveOut(site);
    LogWorkload workload = new LogWorkload(SegmentLog.Mode.RECORDS);

    assertTrue(firstLoss(disk, workload::run, workload::check).isPresent());
  }

  @ParameterizedTest
  @CsvSource({"FORCE, TailRecovery.repair", "WRITE, TailRecovery.repair"})
  void withoutThisStepOfRecoveryAPowerCutLosesRecords(Operation operation, String caller) {
    FaultyDisk disk = new FaultyDisk();
    disk.leaveOut(new Site(operation, caller));
    LogWorkload workload = new LogWorkload(SegmentLog.Mode.RECORDS);

    assertTrue(firstLoss(disk, workload::runWithFailedForce, workload::check).isPresent());
  }

  @ParameterizedTest
  @EnumSource(SegmentLog.Mode.class)
  void powerCutAfterAFailedDirectorySyncLeavesWhatRecoveryShowed(SegmentLog.Mode mode) {
    FaultyDisk disk = new FaultyDisk();
    LogWorkload workload = new LogWorkload(mode);

    assertEquals(
        Optional.empty(), firstLoss(disk, workload::runWithFailedDirectorySync, workload::check));
  }

  @Test
  void withoutTheDirectorySyncOfOpeningAPowerCutLosesASegment() {
    FaultyDisk disk = new FaultyDisk();
    disk.leaveOut(new Site(Operation.SYNC, "Segments.list"));
    LogWorkload workload = new LogWorkload(SegmentLog.Mode.RECORDS);

    assertTrue(firstLoss(disk, workload::runWithFailedDirectorySync, workload::check).isPresent());
  }

  @ParameterizedTest
  @CsvSource({"RENAME", "SYNC"})
  void withoutThisStepASegmentSetAsideIsMetAgain(Operation operation) throws IOException {
    assertEquals(Optional.empty(), lossWhenSettingAside(new FaultyDisk()));
    FaultyDisk disk = new FaultyDisk();
    disk.leaveOut(new Site(operation, "Segments.setAside"));

    assertTrue(lossWhenSettingAside(disk).isPresent());
  }

  private static Optional<String> lossWhenSettingAside(FaultyDisk disk) {
    SegmentLog.Settings settings = new SegmentLog.Settings(SegmentLog.Mode.RECORDS, 300, 100);
    boolean[] done = {false};
    return firstLoss(
        disk,
        same -> {
          SegmentLog log = SegmentLog.open(same, settings, new Random(1));
          log.roll(List.of());
          log.roll(List.of());
          log.setAside(0);
          done[0] = true;
          log.append(new byte[1]);
          log.sync();
        },
        cut -> {
          SegmentLog log = SegmentLog.open(cut, settings, new Random(1));
          boolean aside = !log.segments().isEmpty() && log.segments().getFirst().aside();
          if (!log.damage().isEmpty() || (done[0] && !aside)) {
            throw new LogWorkload.Lost("not aside: " + log.segments() + log.damage());
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE, 1",
    "CREATE, 2",
    "RENAME, 1",
    "RENAME, 2",
    "SYNC, 1",
    "SYNC, 3",
    "WRITE, 1",
    "WRITE, 2",
    "WRITE, 3",
    "WRITE, 7",
    "FORCE, 1",
    "FORCE, 2",
    "FORCE, 3",
    "FORCE, 5",
    "DELETE, 1"
  })
  void failedStepMakesTheLogUnusableAndLosesNothing(Operation operation, int nth)
      throws IOException {
    FaultyDisk disk = new FaultyDisk();
    disk.fail(operation, nth);
    LogWorkload workload = new LogWorkload(SegmentLog.Mode.BATCHES);

    assertThrows(IOException.class, () -> workload.run(disk));

    assertFalse(disk.failurePending());
    for (FaultyDisk cut : disk.powerCuts(OUTCOMES, nth)) {
      assertDoesNotThrow(() -> workload.check(cut));
    }
    assertDoesNotThrow(() -> workload.reopen(disk));
    for (FaultyDisk cut : disk.powerCuts(OUTCOMES, nth)) {
      assertDoesNotThrow(() -> workload.check(cut));
    }
  }

  @ParameterizedTest
  @CsvSource({"WRITE", "FORCE"})
  void nothingIsAcceptedAfterAFailure(Operation operation) throws IOException {
    FaultyDisk disk = new FaultyDisk();
    SegmentLog log =
        SegmentLog.open(
            disk, new SegmentLog.Settings(SegmentLog.Mode.RECORDS, 300, 100), new Random(1));
    log.roll(List.of());
    long before = log.append("before".getBytes(UTF_8));
    log.sync();
    log.append("lost".getBytes(UTF_8));
    disk.fail(operation, 1);
    assertThrows(IOException.class, log::sync);

    assertThrows(IOException.class, log::sync);
    assertThrows(IOException.class, () -> log.append(new byte[1]));
    assertThrows(IOException.class, () -> log.roll(List.of()));
    assertThrows(IOException.class, () -> log.deleteBefore(0));
    assertEquals("before", new String(log.read(before), UTF_8));
  }

  @Test
  void fullDiskTearsARecordAndLosesNoneBefore() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    LogWorkload workload = new LogWorkload(SegmentLog.Mode.RECORDS);
    disk.failFull(5);

    assertThrows(IOException.class, () -> workload.run(disk));

    assertDoesNotThrow(() -> workload.check(disk));
  }

  /** A power cut in the middle of recovery, after one in the middle of everything else. */
  @ParameterizedTest
  @EnumSource(SegmentLog.Mode.class)
  void recoveryItselfCanBeCut(SegmentLog.Mode mode) {
    FaultyDisk disk = new FaultyDisk();
    LogWorkload workload = new LogWorkload(mode);
    Check twice =
        cut -> {
          cut.afterEachStep(
              site -> cut.powerCuts(6, 5).forEach(c -> assertDoesNotThrow(() -> scan(c, mode))));
          scan(cut, mode);
        };

    assertEquals(Optional.empty(), firstLoss(disk, workload::run, twice));
  }

  private static void scan(FaultyDisk disk, SegmentLog.Mode mode) throws IOException {
    SegmentLog log = SegmentLog.open(disk, new SegmentLog.Settings(mode, 300, 100), new Random(1));
    log.scan(0, (position, kind, payload) -> true);
    assertEquals(List.of(), log.damage());
  }

  private static Optional<String> lossOfFile(FaultyDisk disk) {
    List<String> contents = List.of("", "first", "a second and longer one", "third");
    int[] acknowledged = {0};
    return firstLoss(
        disk,
        same -> {
          DurableFile file = new DurableFile(same, "file", 100);
          for (int i = 1; i < contents.size(); i++) {
            file.replace(contents.get(i).getBytes(UTF_8));
            acknowledged[0] = i;
          }
        },
        cut -> {
          Optional<byte[]> content = new DurableFile(cut, "file", 100).read();
          String found = content.map(bytes -> new String(bytes, UTF_8)).orElse("");
          int number = contents.indexOf(found);
          if (number < acknowledged[0] || number > acknowledged[0] + 1) {
            throw new LogWorkload.Lost("after " + acknowledged[0] + " there is " + found);
          }
        });
  }

  @Test
  void everyPowerCutLeavesAFileOldOrNew() {
    assertEquals(Optional.empty(), lossOfFile(new FaultyDisk()));
  }

  @Test
  void whatIsReadOfAFileSurvivesEvenIfItsReplacementHadFailed() throws IOException {
    assertEquals("second", readAfterFailedSyncAndCut(new FaultyDisk()));
    FaultyDisk disk = new FaultyDisk();
    disk.leaveOut(new Site(Operation.SYNC, "DurableFile.read"));
    assertEquals("first", readAfterFailedSyncAndCut(disk));
  }

  private static String readAfterFailedSyncAndCut(FaultyDisk disk) throws IOException {
    DurableFile file = new DurableFile(disk, "file", 100);
    file.replace("first".getBytes(UTF_8));
    disk.fail(Operation.SYNC, 1);
    assertThrows(IOException.class, () -> file.replace("second".getBytes(UTF_8)));
    assertEquals("second", new String(file.read().orElseThrow(), UTF_8));
    FaultyDisk cut = disk.powerCuts(2, 1).getFirst();
    return new String(new DurableFile(cut, "file", 100).read().orElseThrow(), UTF_8);
  }

  @ParameterizedTest
  @EnumSource(names = {"FORCE", "RENAME", "SYNC"})
  void withoutThisStepAPowerCutLosesAFile(Operation operation) {
    FaultyDisk disk = new FaultyDisk();
    disk.leaveOut(new Site(operation, "DurableFile.replace"));

    assertTrue(lossOfFile(disk).isPresent());
  }
}
