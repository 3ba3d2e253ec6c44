package dev.telltale.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.platform.config.ConfigException;
import dev.telltale.platform.config.Toml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigTest {
  private static AgentConfig read(String text) throws ConfigException {
    return AgentConfig.of(Toml.parse("agent.toml", text));
  }

  @Test
  void anEmptyFileHasEveryDefault() throws ConfigException {
    AgentConfig config = read("");
    assertEquals(Path.of("/var/lib/telltale-agent"), config.state());
    assertEquals("/dev/tpmrm0", config.tpm().toString());
    assertEquals(Path.of("/proc/sys/kernel/random/boot_id"), config.bootSeed());
    assertEquals(Duration.ofMinutes(1), config.closeAfter());
    assertEquals(256L << 20, config.outbox().size());
    assertEquals(Duration.ofSeconds(1), config.outbox().sync());
    assertTrue(config.openSensors().isEmpty());
  }

  @Test
  void everythingCanBeSaid() throws ConfigException {
    AgentConfig config =
        read(
            """
            [agent]
            state = "/srv/telltale"
            [tpm]
            device = "unix:/run/tpm.sock"
            boot-seed = "/srv/boot"
            [envelope]
            close-after = "2s"
            [outbox]
            size = "64MiB"
            sync = "100ms"
            [sensor.board]
            driver = "host"
            every = "1s"
            stop-after = 5
            """);
    assertEquals(Path.of("/srv/telltale"), config.state());
    assertEquals("unix:/run/tpm.sock", config.tpm().toString());
    assertEquals(Duration.ofSeconds(2), config.closeAfter());
    assertEquals(64L << 20, config.outbox().size());
    assertEquals(Map.of("board", 5L), config.stopAfter());
    assertEquals("board", config.openSensors().getFirst().name());
  }

  @Test
  void theFileThatIsInstalledIsTheOneDescribed() throws ConfigException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve(".mvn"))) {
      root = Objects.requireNonNull(root.getParent(), "not in the repository");
    }
    AgentConfig config = AgentConfig.read(root.resolve("deploy/config/agent.toml"));
    assertEquals(read("").state(), config.state());
    assertEquals(read("").outbox(), config.outbox());
    assertEquals(read("").closeAfter(), config.closeAfter());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[agent]\nhome = \"/srv\"",
        "[agent]\nstate = \"relative\"",
        "[tpm]\ndevice = \"/tmp/tpm\"",
        "[envelope]\nclose-after = \"1 minute\"",
        "[outbox]\nsize = \"1KiB\"",
        "[outbox]\nwhen-full = \"drop-oldest\"",
        "[sensor.a]\ndriver = \"host\"\nevery = \"1s\"\nstop-after = 0",
        "[sensor.a]\ndriver = \"host\"",
        "[sensors]\na = 1",
      })
  void whatIsWrongIsOneLineWithFileAndLine(String text) {
    ConfigException error = assertThrows(ConfigException.class, () -> read(text));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.matches("agent\\.toml:[0-9]+: [^\\n]+"), message);
  }
}
