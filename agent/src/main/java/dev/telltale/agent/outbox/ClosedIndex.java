package dev.telltale.agent.outbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds closed envelopes in the journal by their sequence numbers, which rise with positions. It
 * remembers a few and where each segment begins; the rest is on the disk. Not thread-safe.
 */
final class ClosedIndex {
  private static final int REMEMBERED = 64;

  private final Journal journal;

  /** Positions of closed envelopes, the least recently used first. */
  private final Map<Long, Long> known = new LinkedHashMap<>(16, 0.75f, true);

  /** The next sequence number at the head of a segment. */
  private final Map<Long, Long> heads = new HashMap<>();

  ClosedIndex(Journal journal) {
    this.journal = journal;
  }

  void remember(long sequence, long position) {
    known.put(sequence, position);
    if (known.size() > REMEMBERED) {
      Iterator<Long> leastUsed = known.keySet().iterator();
      leastUsed.next();
      leastUsed.remove();
    }
  }

  /** No lower number is asked for any more. */
  void forgetBefore(long sequence) {
    known.keySet().removeIf(each -> each < sequence);
    heads.keySet().retainAll(journal.segments());
  }

  /** Envelopes from this number on, so many at most. */
  List<ClosedEnvelope> from(long sequence, int most) throws IOException {
    List<ClosedEnvelope> found = new ArrayList<>();
    if (most < 1) {
      return found;
    }
    journal.scan(
        start(sequence),
        (position, entry) -> {
          if (entry instanceof Entry.Closed(ClosedEnvelope envelope)
              && envelope.sequence() >= sequence) {
            remember(envelope.sequence(), position);
            found.add(envelope);
          }
          return found.size() < most;
        });
    return found;
  }

  Optional<ClosedEnvelope> find(long sequence) throws IOException {
    return from(sequence, 1).stream()
        .filter(envelope -> envelope.sequence() == sequence)
        .findFirst();
  }

  /** The first position of the journal that the message of this envelope needs. */
  long neededBy(long sequence) throws IOException {
    ClosedEnvelope envelope =
        find(sequence)
            .orElseThrow(() -> new IOException("envelope " + sequence + " is not in the outbox"));
    return envelope.firstAt().orElseGet(() -> known.getOrDefault(sequence, 0L));
  }

  /** A position before that of the envelope, as near as is known. */
  private long start(long sequence) throws IOException {
    List<Long> segments = journal.segments();
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (nextAtHead(segments.get(middle)) <= sequence) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    long segment = segments.get(low);
    return known.entrySet().stream()
        .filter(near -> near.getKey() <= sequence)
        .mapToLong(Map.Entry::getValue)
        .reduce(segment, Math::max);
  }

  private long nextAtHead(long segment) throws IOException {
    Long next = heads.get(segment);
    if (next == null) {
      next = journal.snapshot(segment).counters().nextSequence();
      heads.put(segment, next);
    }
    return next;
  }
}
