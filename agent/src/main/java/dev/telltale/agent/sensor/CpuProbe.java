package dev.telltale.agent.sensor;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The share of processor time in use, from the first line of {@code stat} (proc(5)). */
final class CpuProbe implements Probe {
  /** user nice system idle iowait irq softirq steal; guest times are part of user and nice. */
  private static final int FIELDS = 8;

  private static final int IDLE = 3;
  private static final int IOWAIT = 4;

  /** Ten-thousandths: at 10 s and 100 ticks a second on one core, a tick is one thousandth. */
  private static final int SCALE = 4;

  private static final Quantity CPU = new Quantity("cpu", "/");

  private final Path stat;
  private Optional<Ticks> last = Optional.empty();

  CpuProbe(Path proc) {
    this.stat = proc.resolve("stat");
  }

  private record Ticks(long busy, long total) {}

  @Override
  public List<Quantity> quantities() {
    return List.of(CPU);
  }

  /** The first call opens the interval and has nothing to tell. */
  @Override
  public List<Measured> measure() throws IOException {
    Ticks now = ticks();
    Optional<Ticks> before = last;
    last = Optional.of(now);
    if (before.isEmpty()) {
      return List.of();
    }
    long busy = now.busy - before.get().busy;
    long total = now.total - before.get().total;
    // iowait may fall (proc(5)); a share outside 0..1 would be an artefact of that.
    if (busy < 0 || total <= 0 || busy > total) {
      throw new IOException(stat + ": no processor time passed since the last sample");
    }
    BigDecimal share =
        BigDecimal.valueOf(busy).divide(BigDecimal.valueOf(total), SCALE, RoundingMode.HALF_EVEN);
    return List.of(Measured.good(CPU, share));
  }

  private Ticks ticks() throws IOException {
    String[] fields = KernelText.firstLine(stat).split(" +", -1);
    if (fields.length <= FIELDS || !fields[0].equals("cpu")) {
      throw KernelText.unexpected(stat);
    }
    long total = 0;
    long idle = 0;
    for (int i = 0; i < FIELDS; i++) {
      long ticks = KernelText.counter(stat, fields[i + 1]);
      total += ticks;
      idle += i == IDLE || i == IOWAIT ? ticks : 0;
    }
    return new Ticks(total - idle, total);
  }
}
