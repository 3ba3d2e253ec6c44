package dev.telltale.agent.sensor;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load averages as the kernel prints them, with two decimals ({@code loadavg}, proc(5)). */
final class LoadProbe implements Probe {
  private static final List<Quantity> LOADS =
      List.of(
          new Quantity("load-1", "count"),
          new Quantity("load-5", "count"),
          new Quantity("load-15", "count"));

  private static final String AVERAGE = "([0-9]{1,9}\\.[0-9]{2})";
  private static final Pattern LINE =
      Pattern.compile(AVERAGE + " " + AVERAGE + " " + AVERAGE + " [0-9]+/[0-9]+ [0-9]+");

  private final Path loadavg;

  LoadProbe(Path proc) {
    this.loadavg = proc.resolve("loadavg");
  }

  @Override
  public List<Quantity> quantities() {
    return LOADS;
  }

  @Override
  public List<Measured> measure() throws IOException {
    Matcher line = LINE.matcher(KernelText.firstLine(loadavg));
    if (!line.matches()) {
      throw KernelText.unexpected(loadavg);
    }
    return List.of(
        Measured.good(LOADS.get(0), new BigDecimal(line.group(1))),
        Measured.good(LOADS.get(1), new BigDecimal(line.group(2))),
        Measured.good(LOADS.get(2), new BigDecimal(line.group(3))));
  }
}
