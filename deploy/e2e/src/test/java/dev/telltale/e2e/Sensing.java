package dev.telltale.e2e;

import java.nio.file.Path;

/** What a device reads, as tables of its configuration. */
record Sensing(String closeAfter, String table) {
  private static final int FEW = 200;

  /** Real values of this machine: so many readings, then no more. */
  static Sensing host(int readings) {
    String measures =
        readings <= FEW
            ? "measure = [\"cpu\", \"memory\", \"load\"]\nevery = \"200ms\""
            : "every = \"100ms\"";
    return new Sensing(
        "500ms",
        """
        [sensor.board]
        driver = "host"
        %s
        stop-after = %d
        """
            .formatted(measures, readings));
  }

  /** Real values without end. */
  static Sensing endless() {
    return new Sensing(
        "500ms",
        """
        [sensor.board]
        driver = "host"
        measure = ["cpu", "memory"]
        every = "250ms"
        """);
  }

  /** The numbers of a file, from its beginning at each start: what is lost shows in them. */
  static Sensing counting(Path file) {
    return new Sensing(
        "300ms",
        """
        [sensor.counter]
        driver = "replay"
        file = "%s"
        every = "20ms"
        [sensor.counter.column.count]
        name = "count"
        """
            .formatted(file));
  }

  /** One sample at the start, and then none for a day: what waits can drain. */
  static Sensing quiet() {
    return new Sensing(
        "300ms",
        """
        [sensor.board]
        driver = "host"
        measure = ["memory"]
        every = "1d"
        """);
  }
}
