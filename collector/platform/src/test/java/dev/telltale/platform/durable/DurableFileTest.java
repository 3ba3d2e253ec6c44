package dev.telltale.platform.durable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
  @Test
  void fileNeverWrittenIsEmpty() throws IOException {
    assertEquals(Optional.empty(), new DurableFile(new FaultyDisk(), "file", 10).read());
  }

  @Test
  void contentIsReplacedWhole(@TempDir Path temp) throws IOException {
    try (DirectoryDisk disk = DirectoryDisk.own(temp)) {
      DurableFile file = new DurableFile(disk, "file", 10);
      file.replace(new byte[] {1, 2, 3});
      file.replace(new byte[] {4});

      assertArrayEquals(new byte[] {4}, file.read().orElseThrow());
      assertEquals(List.of("file"), disk.list());
    }
  }

  @Test
  void contentOverTheLimitIsNeitherWrittenNorRead() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    DurableFile file = new DurableFile(disk, "file", 10);

    assertThrows(IllegalArgumentException.class, () -> file.replace(new byte[11]));
    file.replace(new byte[10]);

    assertThrows(IOException.class, () -> new DurableFile(disk, "file", 9).read());
  }

  @Test
  void failedReplacementCanBeFollowedByAnother() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    DurableFile file = new DurableFile(disk, "file", 10);
    file.replace(new byte[] {1});
    disk.failFull(1);
    assertThrows(IOException.class, () -> file.replace(new byte[] {2, 2}));
    assertArrayEquals(new byte[] {1}, file.read().orElseThrow());

    file.replace(new byte[] {3});

    assertArrayEquals(new byte[] {3}, file.read().orElseThrow());
  }
}
