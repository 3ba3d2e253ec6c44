package dev.telltale.platform.mqtt;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A message from the broker and the duty to acknowledge it. It belongs to the connection it came
 * on: after that has ended, {@link #ack} does nothing and the broker sends the message again.
 */
public final class MqttInbound {
  private final String topic;
  private final byte[] payload;
  private final boolean retained;
  private final boolean duplicate;
  private final Runnable acknowledge;
  private final AtomicBoolean acknowledged = new AtomicBoolean();

  MqttInbound(
      String topic, byte[] payload, boolean retained, boolean duplicate, Runnable acknowledge) {
    this.topic = topic;
    this.payload = payload;
    this.retained = retained;
    this.duplicate = duplicate;
    this.acknowledge = acknowledge;
  }

  public String topic() {
    return topic;
  }

  /** The bytes themselves, not a copy. */
  public byte[] payload() {
    return payload;
  }

  /** Kept by the broker from before our subscription. */
  public boolean retained() {
    return retained;
  }

  /** The broker believes it may have sent it before. A hint only. */
  public boolean duplicate() {
    return duplicate;
  }

  /** Lets the broker forget the message. From any thread; a second call does nothing. */
  public void ack() {
    if (acknowledged.compareAndSet(false, true)) {
      acknowledge.run();
    }
  }
}
