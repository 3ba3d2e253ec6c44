package dev.telltale.agent.outbox;

import java.io.IOException;

/** There is no room; what was offered is not stored, and nothing that is stored was touched. */
public final class OutboxFullException extends IOException {
  private static final long serialVersionUID = 1L;

  OutboxFullException(String what) {
    super("outbox full: " + what);
  }
}
