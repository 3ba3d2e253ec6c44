package dev.telltale.collector.enrolment;

import dev.telltale.protocol.Bytes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Enrolments under way, by the machine's correlation; few, and none for long. */
final class Sessions {
  private static final int MOST = 1_024;

  private final Map<Bytes, Session> sessions = new LinkedHashMap<>();

  synchronized Optional<Session> find(Bytes correlation, Instant now) {
    sessions.values().removeIf(session -> session.until().isBefore(now));
    return Optional.ofNullable(sessions.get(correlation));
  }

  /** False when there is no room: the machine tries again. */
  synchronized boolean put(Bytes correlation, Session session) {
    if (sessions.size() >= MOST && !sessions.containsKey(correlation)) {
      return false;
    }
    sessions.put(correlation, session);
    return true;
  }
}
