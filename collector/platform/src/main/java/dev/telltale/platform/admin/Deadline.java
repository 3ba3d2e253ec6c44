package dev.telltale.platform.admin;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Closes a channel unless it is closed first: channels have no time limit of their own. */
final class Deadline implements AutoCloseable {
  private final Thread timer;
  private volatile boolean passed;

  Deadline(SocketChannel channel, Duration limit) {
    timer =
        Thread.ofVirtual()
            .name("admin-deadline")
            .start(() -> {
              try {
                Thread.sleep(limit);
                passed = true;
                channel.close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (IOException e) {
                passed = true;
              }
            });
  }

  boolean passed() {
    return passed;
  }

  @Override
  public void close() {
    timer.interrupt();
  }
}
