package dev.telltale.agent.enrolment;

import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The way to the collector for a machine that has only a ticket. */
interface JoinChannel extends AutoCloseable {
  /** Returns when the broker has taken the message. */
  void send(Bytes message) throws IOException, InterruptedException;

  /** The next message on the answer topic, from whomever; nothing if none comes in this time. */
  Optional<Bytes> next(Duration patience) throws IOException, InterruptedException;

  @Override
  void close();
}
