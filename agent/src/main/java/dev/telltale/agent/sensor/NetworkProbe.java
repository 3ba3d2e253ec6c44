package dev.telltale.agent.sensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Bytes received and sent since boot, from {@code net/dev} (proc(5)), summed over the interfaces
 * asked for. Unless told otherwise those with hardware behind them: bridges, tunnels and the
 * loopback would count the same bytes again.
 */
final class NetworkProbe implements Probe {
  private static final Quantity IN = new Quantity("network-in", "B");
  private static final Quantity OUT = new Quantity("network-out", "B");

  private static final int HEADER_LINES = 2;

  /** Eight counters of reception, eight of transmission; each half starts with the bytes. */
  private static final int COUNTERS = 16;

  private static final int SENT = 8;

  private final Path dev;
  private final Path classNet;
  private final Set<String> wanted;

  NetworkProbe(Path proc, Path sys, List<String> interfaces) {
    this.dev = proc.resolve("net").resolve("dev");
    this.classNet = sys.resolve("class").resolve("net");
    this.wanted = Set.copyOf(interfaces);
  }

  @Override
  public List<Quantity> quantities() {
    return List.of(IN, OUT);
  }

  @Override
  public List<Measured> measure() throws IOException {
    List<String> lines = KernelText.lines(dev);
    if (lines.size() < HEADER_LINES || !lines.get(0).startsWith("Inter-|")) {
      throw KernelText.unexpected(dev);
    }
    Set<String> missing = new HashSet<>(wanted);
    long in = 0;
    long out = 0;
    for (String line : lines.subList(HEADER_LINES, lines.size())) {
      int colon = line.lastIndexOf(':');
      if (colon < 0) {
        throw KernelText.unexpected(dev);
      }
      String name = line.substring(0, colon).strip();
      missing.remove(name);
      if (counts(name)) {
        String[] counters = line.substring(colon + 1).strip().split(" +", -1);
        in += counter(counters, 0);
        out += counter(counters, SENT);
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException("no network interface " + missing + ": correct \"interfaces\"");
    }
    return List.of(Measured.good(IN, in), Measured.good(OUT, out));
  }

  private boolean counts(String name) {
    return wanted.isEmpty()
        ? Files.exists(classNet.resolve(name).resolve("device"))
        : wanted.contains(name);
  }

  private long counter(String[] counters, int index) throws IOException {
    if (counters.length != COUNTERS) {
      throw KernelText.unexpected(dev);
    }
    return KernelText.counter(dev, counters[index]);
  }
}
