package dev.telltale.tpmsim.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import dev.telltale.tpmsim.swtpm.TpmHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SimulatedTpm.class)
class TpmPoolTest {
  @TempDir private Path directory = Path.of("");

  private List<Path> entries(String name) throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve(name))) {
      return entries.toList();
    }
  }

  @Test
  void twoUsersOfOnePoolGetDifferentTpmsAndLeaveOnlyUnusedOnes() throws Exception {
    try (TpmPool one = TpmPool.open(directory, 1);
        TpmPool two = TpmPool.open(directory, 1)) {
      SimTpm first = one.take();
      SimTpm second = two.take();
      assertNotEquals(first.address(), second.address());
      assertNotEquals(
          -1L,
          Files.mismatch(
              first.certificates().resolve("ek-rsa2048.crt"),
              second.certificates().resolve("ek-rsa2048.crt")));
    }
    assertEquals(List.of(), entries("run"));
    assertTrue(entries("ready").size() <= 2);
  }

  @Test
  void whatAKilledRunLeftBehindIsClearedAway(SimTpm tpm) throws Exception {
    TpmPool.open(directory, 0).close();
    tpm.stop();
    Path left = directory.resolve("run/dead/tpm");
    Files.createDirectories(directory.resolve("run/dead"));
    Files.move(tpm.directory(), left);
    Files.createFile(directory.resolve("run/dead.lock"));
    SwtpmProcess process = new SwtpmProcess(new TpmHome(left));
    process.start();
    TpmPool.open(directory, 0).close();
    assertFalse(process.running());
    assertFalse(Files.exists(left));
  }
}
