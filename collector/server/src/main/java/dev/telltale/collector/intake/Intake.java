package dev.telltale.collector.intake;

import dev.telltale.collector.commit.Committer;
import dev.telltale.collector.commit.Refused;
import dev.telltale.collector.commit.Reply;
import dev.telltale.collector.commit.Work;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.message.DeviceStatus;
import dev.telltale.protocol.message.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What came, bounded and routed. Runs on the transport's thread, so it never waits: too much of one
 * device is refused, too much of all stays with the broker.
 *
 * <p>A transport hands over bytes with the sender its own access control vouches for; nothing here
 * knows which transport it was.
 */
public final class Intake {
  /** Of one device at a time; an honest one sends half of that. */
  private static final int IN_FLIGHT = 16;

  private final Lanes lanes;
  private final Committer committer;
  private final JoinDesk desk;
  private final Map<DeviceId, Integer> inFlight = new ConcurrentHashMap<>();
  private final AtomicLong dropped = new AtomicLong();

  /** Where messages of enrolments go. */
  public interface JoinDesk {
    /** Takes a message for a virtual thread of its own; {@code reply.done()} is the desk's. */
    void accept(Reply reply);
  }

  public Intake(Lanes lanes, Committer committer, JoinDesk desk) {
    this.lanes = lanes;
    this.committer = committer;
    this.desk = desk;
  }

  /** A message and what to do when it is dealt with: at the broker, the acknowledgement. */
  public void accept(String topic, byte[] payload, Runnable acknowledge) {
    Optional<Topics.Up> up = Topics.parseUp(topic);
    if (up.isEmpty() || payload.length > Limits.MESSAGE) {
      dropped.incrementAndGet();
      acknowledge.run();
      return;
    }
    DeviceId device = up.get().device();
    switch (up.get().channel()) {
      case STATE -> state(device, payload, acknowledge);
      case JOIN -> desk.accept(new Reply(device, Bytes.of(payload), acknowledge));
      case ENV -> envelope(device, payload, acknowledge);
    }
  }

  /** Messages that had no place: another topic, too large, too many. */
  public long dropped() {
    return dropped.get();
  }

  private void envelope(DeviceId device, byte[] payload, Runnable acknowledge) {
    int others = inFlight.merge(device, 1, Integer::sum);
    Runnable done =
        () -> {
          inFlight.computeIfPresent(device, (_, count) -> count == 1 ? null : count - 1);
          acknowledge.run();
        };
    Reply reply = new Reply(device, Bytes.of(payload), done);
    if (others > IN_FLIGHT) {
      dropped.incrementAndGet();
      done.run();
    } else if (!lanes.offer(reply)) {
      dropped.incrementAndGet();
      if (!committer.offer(new Work.Rejection(Refused.overload(), 0, reply))) {
        done.run();
      }
    }
  }

  private void state(DeviceId device, byte[] payload, Runnable acknowledge) {
    acknowledge.run();
    if (payload.length == 0) {
      return;
    }
    try {
      DeviceStatus status = DeviceStatus.decode(Bytes.of(payload));
      if (status.online()) {
        committer.offer(new Work.Presence(device, status.size()));
      }
    } catch (MalformedException _) {
      dropped.incrementAndGet();
    }
  }
}
