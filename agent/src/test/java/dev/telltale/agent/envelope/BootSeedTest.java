package dev.telltale.agent.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootSeedTest {
  @TempDir private Path directory;

  @Test
  void bootIdOfTheKernelIsSixteenBytes() throws IOException {
    Path file = directory.resolve("boot_id");
    Files.writeString(file, "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\n");

    assertEquals(Bytes.hex("0a1b2c3d4e5f60718293a4b5c6d7e8f9"), BootSeed.read(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0a1b2c3d4e5f60718293a4b5c6d7e8f9\n",
        "0A1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\n",
        "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\n\n",
        "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9 and more\n"
      })
  void anythingElseIsRefused(String content) throws IOException {
    Path file = directory.resolve("boot_id");
    Files.writeString(file, content);

    assertThrows(IOException.class, () -> BootSeed.read(file));
  }
}
