package dev.telltale.agent.sensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory that can still be had, from {@code meminfo} (proc(5)). */
final class MemoryProbe implements Probe {
  private static final Quantity AVAILABLE = new Quantity("memory-available", "B");
  private static final Pattern LINE = Pattern.compile("MemAvailable: +([0-9]{1,15}) kB");

  /** "kB" in this file are units of 1024 bytes. */
  private static final long KIB = 1024;

  private final Path meminfo;

  MemoryProbe(Path proc) {
    this.meminfo = proc.resolve("meminfo");
  }

  @Override
  public List<Quantity> quantities() {
    return List.of(AVAILABLE);
  }

  @Override
  public List<Measured> measure() throws IOException {
    for (String line : KernelText.lines(meminfo)) {
      Matcher available = LINE.matcher(line);
      if (available.matches()) {
        long bytes = KernelText.counter(meminfo, available.group(1)) * KIB;
        return List.of(Measured.good(AVAILABLE, bytes));
      }
    }
    throw KernelText.unexpected(meminfo);
  }
}
