package dev.telltale.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.platform.durable.FaultyDisk;
import dev.telltale.platform.durable.FaultyDisk.Operation;
import dev.telltale.platform.durable.FaultyDisk.Site;
import dev.telltale.protocol.tlog.Checkpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The promise of an answer: a checkpoint that was handed out is kept by every later opening. */
class LedgerCrashTest {
  private final FaultyDisk disk = new FaultyDisk();
  private final List<Checkpoint> handedOut = new ArrayList<>();

  private void use() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    int size = 0;
    for (int batch : new int[] {1, 3, 2, 5, 1, 4}) {
      handedOut.add(ledger.append(SmallLedger.entries(size, size + batch)).checkpoint());
      size += batch;
      if (size == 6 || size == 12) {
        ledger.keepCheckpoint();
      }
    }
    ledger.close();
  }

  /** The first broken promise in some outcome of a power cut at some step. */
  private Optional<String> firstBroken() throws IOException {
    List<String> broken = new ArrayList<>();
    int[] step = {0};
    disk.afterEachStep(site -> {
      step[0]++;
      for (FaultyDisk cut : broken.isEmpty() ? disk.powerCuts(12, step[0]) : noMore()) {
        broken(cut).ifPresent(what -> broken.add("after " + site + ": " + what));
      }
    });
    use();
    for (FaultyDisk cut : disk.powerCuts(12, 1)) {
      broken(cut).ifPresent(broken::add);
    }
    return broken.stream().findFirst();
  }

  private static List<FaultyDisk> noMore() {
    return List.of();
  }

  private Optional<String> broken(FaultyDisk cut) {
    try (Ledger ledger = SmallLedger.open(cut)) {
      for (Checkpoint promised : handedOut) {
        if (!ledger.rootAt(promised.size()).equals(Optional.of(promised.root()))) {
          return Optional.of("no longer leads to " + promised);
        }
      }
      int size = (int) ledger.size();
      ledger.append(SmallLedger.entries(size, size + 2));
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(e.toString());
    }
  }

  @Test
  void noPowerCutBreaksACheckpointThatWasHandedOut() throws IOException {
    assertEquals(Optional.empty(), firstBroken());
    assertEquals(6, handedOut.size());
  }

  @Test
  void withoutTheForceOfABatchACheckpointIsBroken() throws IOException {
    disk.leaveOut(new Site(Operation.FORCE, "SegmentWriter.sync"));

    assertTrue(firstBroken().isPresent());
  }

  @Test
  void withoutTheForceOfAKeptCheckpointTheLedgerIsRefused() throws IOException {
    disk.leaveOut(new Site(Operation.FORCE, "DurableFile.replace"));

    assertTrue(firstBroken().isPresent());
  }
}
