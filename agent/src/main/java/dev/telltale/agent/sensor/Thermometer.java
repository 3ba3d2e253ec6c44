package dev.telltale.agent.sensor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A temperature the kernel shows: {@code class/thermal/thermal_zoneN} or {@code
 * class/hwmon/hwmonN}.
 *
 * @param label type of the zone or name of the chip; the numbers change from boot to boot
 * @param input the file with thousandths of a degree Celsius
 */
record Thermometer(String label, Path input) {
  /** More than any board has; a bound on the work. */
  private static final int MOST = 64;

  private static final Pattern PROCESSOR_ZONE = Pattern.compile(".*(cpu|soc|pkg).*");
  private static final Set<String> PROCESSOR_CHIPS =
      Set.of("coretemp", "k10temp", "cpu_thermal", "soc_thermal");

  /** The processor's first; then zones before chips, as the kernel orders them. */
  static List<Thermometer> of(Path sys) {
    List<Thermometer> processors = new ArrayList<>();
    List<Thermometer> others = new ArrayList<>();
    for (Path zone : children(sys.resolve("class").resolve("thermal"), "thermal_zone")) {
      add(zone.resolve("type"), zone.resolve("temp"), processors, others);
    }
    for (Path chip : children(sys.resolve("class").resolve("hwmon"), "hwmon")) {
      add(chip.resolve("name"), chip.resolve("temp1_input"), processors, others);
    }
    processors.addAll(others);
    return Collections.unmodifiableList(processors);
  }

  private static void add(
      Path labelFile, Path input, List<Thermometer> processors, List<Thermometer> others) {
    if (Files.exists(input)) {
      try {
        Thermometer found = new Thermometer(KernelText.firstLine(labelFile).strip(), input);
        (found.ofProcessor() ? processors : others).add(found);
      } catch (IOException e) {
        // A chip without a name cannot be asked for; the others can.
        return;
      }
    }
  }

  private boolean ofProcessor() {
    return PROCESSOR_ZONE.matcher(label).matches() || PROCESSOR_CHIPS.contains(label);
  }

  /** In the order of their numbers. A missing directory has none. */
  private static List<Path> children(Path directory, String prefix) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, prefix + "*")) {
      for (Path entry : entries) {
        if (found.size() < MOST && number(entry, prefix) >= 0) {
          found.add(entry);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    found.sort(Comparator.comparingInt(entry -> number(entry, prefix)));
    return found;
  }

  private static int number(Path entry, String prefix) {
    String digits = entry.getFileName().toString().substring(prefix.length());
    return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : -1;
  }
}
