package dev.telltale.platform.mqtt;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The threads of Paho in this process. */
final class PahoThreads {
  private PahoThreads() {}

  /** Waits until the last has ended. */
  static void awaitNone() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    Map<Thread, StackTraceElement[]> left = left();
    while (!left.isEmpty()) {
      if (System.nanoTime() > end) {
        fail(
            left.entrySet().stream()
                .map(thread -> thread.getKey().getName() + " " + List.of(thread.getValue()))
                .collect(Collectors.joining("\n", "threads of Paho remain:\n", "")));
      }
      Thread.onSpinWait();
      left = left();
    }
  }

  private static Map<Thread, StackTraceElement[]> left() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("MQTT "))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
