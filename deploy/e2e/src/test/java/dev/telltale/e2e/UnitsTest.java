package dev.telltale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd itself reads the units. */
class UnitsTest {
  @TempDir private Path directory;

  @Test
  void systemdFindsNoFaultInTheUnits() throws Exception {
    Path analyze = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.isExecutable(analyze), "systemd-analyze is not installed");
    Checkout checkout = Checkout.here();
    try (Processes processes = new Processes(directory);
        Stream<Path> units = Files.list(checkout.root().resolve("systemd"))) {
      for (Path unit : units.filter(file -> file.toString().endsWith(".service")).toList()) {
        Path copy = directory.resolve(String.valueOf(unit.getFileName()));
        // The programs are not installed here; their place is the only thing changed.
        Files.writeString(
            copy,
            Pattern.compile("(?m)^ExecStart=\\S+")
                .matcher(Files.readString(unit))
                .replaceFirst("ExecStart=/bin/true"));
        Processes.Output output =
            processes.run(List.of(analyze.toString(), "verify", "--man=no", copy.toString()));
        String own =
            output
                .err()
                .lines()
                .filter(line -> line.contains(String.valueOf(unit.getFileName())))
                .reduce("", (all, line) -> all + line + "\n");
        assertEquals("", own);
        assertEquals(0, output.exit(), output::err);
      }
    }
  }
}
