package dev.telltale.agent.tpm.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A named pipe opened for both directions gives back what it got: enough to see the framing. */
@Timeout(20)
class DeviceRawChannelTest {
  @TempDir private Path directory;

  @Test
  void oneWriteAndOneWholeAnswer() throws Exception {
    Path node = directory.resolve("node");
    assertEquals(0, new ProcessBuilder("mkfifo", node.toString()).start().waitFor());
    byte[] command = HexFormat.of().parseHex("80010000000c0000017b0008");

    try (DeviceRawChannel channel = DeviceRawChannel.open(node)) {
      Deadline deadline = Deadline.in(Duration.ofSeconds(5));
      assertArrayEquals(command, channel.exchange(command, deadline));
      assertArrayEquals(command, channel.exchange(command, deadline));
      assertEquals(true, channel.alive());
    }
  }

  @Test
  void anAnswerThatEndsEarlyIsMalformed() throws Exception {
    Path node = Files.createFile(directory.resolve("file"));
    byte[] command = HexFormat.of().parseHex("80010000000c0000017b0008");

    try (DeviceRawChannel channel = DeviceRawChannel.open(node)) {
      assertThrows(
          TpmException.Malformed.class,
          () -> channel.exchange(command, Deadline.in(Duration.ofSeconds(5))));
    }
  }

  @Test
  void aMissingNodeIsUnavailableAndSaysWhich() {
    Path node = directory.resolve("tpmrm9");
    TpmException.Unavailable e =
        assertThrows(TpmException.Unavailable.class, () -> DeviceRawChannel.open(node));
    assertEquals(true, String.valueOf(e.getMessage()).contains("tpmrm9"));
  }
}
