package dev.telltale.agent.outbox;

import dev.telltale.protocol.crypto.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The standing of a journal, from its last segment. */
final class Recovery {
  private Recovery() {}

  static Standing of(Suite suite, Journal journal) throws IOException {
    List<Standing> found = new ArrayList<>();
    try {
      journal.scan(
          journal.lastSegment(),
          (position, entry) -> {
            if (!found.isEmpty()) {
              found.getFirst().apply(entry, position);
            } else if (entry instanceof Entry.Snapshot snapshot) {
              found.add(Standing.at(suite, snapshot, position));
            } else {
              throw new IOException("the outbox does not begin with a snapshot");
            }
            return true;
          });
    } catch (IllegalStateException e) {
      throw new IOException("the outbox contradicts itself: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new IOException("the last segment of the outbox is empty");
    }
    return found.getFirst();
  }
}
