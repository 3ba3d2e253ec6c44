package dev.telltale.collector.commit;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;

/** Where answers leave: in order, and without making the committer wait for a network. */
public interface Outbound {
  /** Hands over a message; {@code done} runs once it is with the broker or cannot be sent. */
  void send(DeviceId to, Bytes message, Runnable done);
}
