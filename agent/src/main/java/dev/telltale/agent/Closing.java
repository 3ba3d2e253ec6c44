package dev.telltale.agent;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, the last first, each whatever became of the others. */
final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T one) {
    opened.push(one);
    return one;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        System.getLogger("dev.telltale.agent")
            .log(Level.WARNING, "agent.close.failed why=\"" + e + "\"");
      }
    }
  }
}
