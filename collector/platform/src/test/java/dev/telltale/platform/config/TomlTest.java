package dev.telltale.platform.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TomlTest {
  private static final String AGENT =
      """
      # /etc/telltale/agent.toml
      [tpm]
      device = "/dev/tpmrm0"
      measure-into-pcr = 8
      [envelope]
      close-after = "1m"            # or at 512 readings
      [outbox]
      size = "256MiB"
      when-full = "drop-oldest"     # or "refuse-new"
      [sensor.meter]
      driver = "sdm120"
      every = "10s"
      factor = 0.50
      [sensor."room 2"]
      driver = 'iio'
      channels = ["temp", # with a comment
        "humidity",
      ]
      quiet = true
      """;

  private enum WhenFull {
    DROP_OLDEST,
    REFUSE_NEW
  }

  @Test
  void readsWhatADesignedFileSays() throws ConfigException {
    Toml file = Toml.parse("agent.toml", AGENT);
    Toml tpm = file.table("tpm");
    assertEquals(Path.of("/dev/tpmrm0"), tpm.path("device").required());
    assertEquals(8L, tpm.integer("measure-into-pcr", 0, 23).required());
    Duration closeAfter = between(file.table("envelope"), "close-after").required();
    assertEquals(Duration.ofMinutes(1), closeAfter);
    Toml outbox = file.table("outbox");
    assertEquals(256L << 20, outbox.size("size", 1 << 20, 1L << 40).required());
    assertEquals(WhenFull.DROP_OLDEST, outbox.choice("when-full", WhenFull.class).required());
    assertEquals(Duration.ofSeconds(1), between(outbox, "sync").or(Duration.ofSeconds(1)));
    assertEquals(List.of("meter", "room 2"), List.copyOf(file.tables("sensor").keySet()));
    Toml meter = file.table("sensor").table("meter");
    assertEquals("sdm120", meter.string("driver").required());
    assertEquals(new BigDecimal("0.50"), meter.decimal("factor").required());
    assertEquals(Duration.ofSeconds(10), between(meter, "every").required());
    Toml room = file.table("sensor").table("room 2");
    assertEquals("iio", room.string("driver").required());
    assertEquals(List.of("temp", "humidity"), room.strings("channels").required());
    assertTrue(room.bool("quiet").required());
    assertFalse(file.has("output"));
    file.finish();
  }

  private static Setting<Duration> between(Toml table, String key) throws ConfigException {
    return table.duration(key, Duration.ofMillis(1), Duration.ofDays(400));
  }

  @Test
  void refusesAnUnknownKeyAndSaysWhichAreAllowed() throws ConfigException {
    Toml file = Toml.parse("a.toml", "[outbox]\nsize = \"1MiB\"\nsise = \"2MiB\"\n");
    Toml outbox = file.table("outbox");
    outbox.size("size", 1, 1L << 30).required();
    outbox.bool("strict").or(false);
    assertRefused("a.toml:3: unknown key sise; allowed are size, strict", file::finish);
  }

  @Test
  void refusesAnUnknownTableAndSaysWhichAreAllowed() throws ConfigException {
    Toml file = Toml.parse("a.toml", "\n[outbocks]\n");
    file.table("outbox");
    file.table("tpm");
    assertRefused("a.toml:2: unknown table [outbocks]; allowed are [outbox], [tpm]", file::finish);
  }

  @Test
  void refusesAnUnknownKeyInATableOfAnyName() throws ConfigException {
    Toml file = Toml.parse("a.toml", "[sensor.a]\ndriver = \"x\"\n[sensor.b]\ndiver = \"x\"\n");
    for (Toml sensor : file.tables("sensor").values()) {
      sensor.string("driver").optional();
    }
    assertRefused("a.toml:4: unknown key diver; allowed are driver", file::finish);
  }

  @Test
  void refusesAWrongUnitAndSaysWhatIsRight() throws ConfigException {
    Toml file = Toml.parse("a.toml", "age = \"7x\"\nsize = \"3MB\"\nnumber = 5\nlong = \"9h\"\n");
    Duration most = Duration.ofHours(1);
    assertRefused(
        "a.toml:1: age: expected a whole number with ms, s, m, h or d, as \"90s\", from 1s to 1h,"
            + " found \"7x\"",
        () -> file.duration("age", Duration.ofSeconds(1), most));
    assertRefused(
        "a.toml:2: size: expected a whole number with B, KiB, MiB, GiB or TiB, as \"64MiB\", from"
            + " 1KiB to 4GiB, found \"3MB\"",
        () -> file.size("size", 1024, 1L << 32));
    assertRefused(
        "a.toml:3: number: expected a whole number from 0 to 4, found 5",
        () -> file.integer("number", 0, 4));
    assertThrows(ConfigException.class, () -> file.duration("long", Duration.ofSeconds(1), most));
    assertRefused(
        "a.toml:3: number: expected \"drop-oldest\" or \"refuse-new\", found 5",
        () -> file.choice("number", WhenFull.class));
  }

  @Test
  void refusesNumbersThatOverflowTheirUnit() throws ConfigException {
    Toml file = Toml.parse("a", "a = \"999999999999999TiB\"\nb = \"999999999999999d\"\n");
    assertThrows(ConfigException.class, () -> file.size("a", 0, Long.MAX_VALUE));
    assertThrows(ConfigException.class, () -> between(file, "b"));
  }

  @Test
  void saysWhatIsMissingAndWhere() throws ConfigException {
    Toml file = Toml.parse("a.toml", "\n[tpm]\n");
    assertRefused(
        "a.toml:2: device is missing in [tpm]; expected text in quotes",
        () -> file.table("tpm").string("device").required());
    assertRefused(
        "a.toml:1: origin is missing; expected text in quotes",
        () -> file.string("origin").required());
  }

  @Test
  void saysWhatTheCallerFoundWrong() throws ConfigException {
    Toml file = Toml.parse("a.toml", "\nbroker = \"http://x\"\n");
    String message = file.error("broker", "expected mqtts://host").getMessage();
    assertEquals("a.toml:2: broker: expected mqtts://host", message);
  }

  @Test
  void refusesTheSameThingTwice() {
    assertRefused("a:2: x is already given in line 1", () -> Toml.parse("a", "x = 1\nx = 2"));
    assertRefused("a:3: [t] is already given in line 1", () -> Toml.parse("a", "[t]\n[u]\n[t]\n"));
    assertRefused("a:2: [x] is already given in line 1", () -> Toml.parse("a", "x = 1\n[x]"));
  }

  @Test
  void namesTheLineOfASyntaxError() {
    assertRefused("a:2: expected = and found value", () -> Toml.parse("a", "ok = 1\nkey value\n"));
    assertRefused("a:1: a string ends with \"", () -> Toml.parse("a", "key = \"open\n"));
    assertRefused(
        "a:1: yes is no value; text stands in quotes: \"yes\"", () -> Toml.parse("a", "k = yes"));
    assertRefused(
        "a:3: expected , or ] and found \"b\"", () -> Toml.parse("a", "k = [\n\"a\"\n\"b\" ]"));
    assertRefused(
        "a:1: expected the end of the line and found x", () -> Toml.parse("a", "k = 1 x"));
    assertRefused("a:1: control character 07", () -> Toml.parse("a", "k = \"\u0007\""));
  }

  @Test
  void saysThatAFileIsMissing(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("agent.toml");
    assertRefused(file + ": no such file", () -> Toml.read(file));
    Files.write(file, new byte[] {'a', '=', (byte) 0xFF});
    assertRefused(file + ": not UTF-8", () -> Toml.read(file));
  }

  private interface Attempt {
    void run() throws ConfigException;
  }

  private static void assertRefused(String message, Attempt attempt) {
    ConfigException refused = assertThrows(ConfigException.class, attempt::run);
    assertEquals(message, refused.getMessage());
  }
}
