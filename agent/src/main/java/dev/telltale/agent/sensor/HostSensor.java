package dev.telltale.agent.sensor;

import dev.telltale.agent.sensor.Probe.Measured;
import dev.telltale.protocol.reading.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Driver {@code host}: the machine the agent runs on. */
final class HostSensor implements Sensor {
  private final HostSettings settings;
  private final List<Probe> probes;

  /** Written by the thread that samples, read by any. */
  private volatile Optional<String> fault = Optional.empty();

  private HostSensor(HostSettings settings, List<Probe> probes) {
    this.settings = settings;
    this.probes = List.copyOf(probes);
  }

  /** Where the kernel shows itself; elsewhere in tests. */
  record Roots(Path proc, Path sys) {
    static final Roots KERNEL = new Roots(Path.of("/proc"), Path.of("/sys"));
  }

  static HostSensor open(HostSettings settings, Roots roots) {
    List<Probe> probes = new ArrayList<>();
    for (HostMeasure measure : HostMeasure.values()) {
      if (settings.measures().contains(measure)) {
        probe(measure, settings, roots).ifPresent(probes::add);
      }
    }
    return new HostSensor(settings, probes);
  }

  private static Optional<? extends Probe> probe(
      HostMeasure measure, HostSettings settings, Roots roots) {
    return switch (measure) {
      case CPU -> Optional.of(new CpuProbe(roots.proc));
      case MEMORY -> Optional.of(new MemoryProbe(roots.proc));
      case LOAD -> Optional.of(new LoadProbe(roots.proc));
      case NETWORK -> Optional.of(new NetworkProbe(roots.proc, roots.sys, settings.interfaces()));
      case DISK -> Optional.of(new DiskProbe(settings.disk()));
      case TEMPERATURE -> TemperatureProbe.find(roots.sys, settings.temperature());
    };
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public List<String> readingNames() {
    return probes.stream()
        .flatMap(probe -> probe.quantities().stream())
        .map(quantity -> quantity.prefixed(settings.prefix()).name())
        .toList();
  }

  @Override
  public Duration every() {
    return settings.every();
  }

  @Override
  public List<Reading> sample(Instant at) {
    List<Reading> readings = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Probe probe : probes) {
      try {
        for (Measured measured : probe.measure()) {
          readings.add(
              Readings.valued(
                  measured.quantity().prefixed(settings.prefix()),
                  at,
                  measured.value(),
                  measured.quality()));
        }
      } catch (IOException e) {
        faults.add(KernelText.explain(e));
        for (Quantity quantity : probe.quantities()) {
          readings.add(Readings.withoutValue(quantity.prefixed(settings.prefix()), at));
        }
      }
    }
    fault = faults.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", faults));
    return List.copyOf(readings);
  }

  @Override
  public Optional<String> fault() {
    return fault;
  }
}
