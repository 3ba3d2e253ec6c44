package dev.telltale.platform.admin;

import java.io.IOException;

/** Answers one request at a time, and several at once from several threads. */
@FunctionalInterface
public interface AdminHandler {
  /** Where the answers go. */
  @FunctionalInterface
  interface Reply {
    /** Sends one answer; waits while the client does not read. Not empty. */
    void send(byte[] answer) throws IOException;
  }

  /** Sends the answers; an exception leaves them without their end, which the client notices. */
  void handle(byte[] request, Reply reply) throws IOException;
}
