package dev.telltale.agent.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.platform.durable.FaultyDisk;
import dev.telltale.platform.durable.FaultyDisk.Operation;
import dev.telltale.platform.durable.FaultyDisk.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cuts the power after each step of a life of an agent, with many outcomes for what was not synced;
 * then leaves out each step that makes something durable, and demands that something is then lost.
 */
class CrashTest {
  private static final int OUTCOMES = 6;

  /** The first thing found lost in some outcome of a cut at some step, or by the run itself. */
  private static Optional<String> firstLoss(FaultyDisk disk) {
    ScriptedLife script = new ScriptedLife();
    List<String> losses = new ArrayList<>();
    int[] step = {0};
    disk.afterEachStep(site -> {
      step[0]++;
      if (losses.isEmpty()) {
        lossOfCut(disk, step[0], script)
            .ifPresent(loss -> losses.add("cut after step " + step[0] + ", " + site + ": " + loss));
      }
    });
    try {
      script.run(disk);
    } catch (IOException | RuntimeException e) {
      losses.add("without any cut: " + e);
    }
    assertTrue(!losses.isEmpty() || step[0] > 100, "steps " + step[0]);
    return losses.stream().findFirst();
  }

  private static Optional<String> lossOfCut(FaultyDisk disk, int seed, ScriptedLife script) {
    for (FaultyDisk cut : disk.powerCuts(OUTCOMES, seed)) {
      try {
        script.check(cut);
      } catch (IOException | RuntimeException e) {
        return Optional.of(e.toString());
      }
    }
    return Optional.empty();
  }

  @Test
  void everyPowerCutLeavesWhatWasPromised() {
    assertEquals(Optional.empty(), firstLoss(new FaultyDisk()));
  }

  @Test
  void scriptTakesEveryStepThatMakesTheJournalDurable() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    new ScriptedLife().run(disk);

    assertEquals(
        "[FORCE in SegmentWriter.create, FORCE in SegmentWriter.seal, FORCE in SegmentWriter.sync,"
            + " RENAME in SegmentWriter.create, SYNC in SegmentWriter.create,"
            + " SYNC in Segments.deleteBefore, SYNC in Segments.list]",
        new TreeSet<>(disk.sites()).toString());
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
  void withoutThisStepAPowerCutBreaksAPromise(Operation operation, String caller) {
    FaultyDisk disk = new FaultyDisk();
    disk.leaveOut(new Site(operation, caller));

    assertTrue(firstLoss(disk).isPresent());
  }
}
