package dev.telltale.platform.mqtt;

/** What the broker publishes for us, QoS 1, when the connection ends without a DISCONNECT. */
public final class MqttWill {
  private final String topic;
  private final byte[] payload;
  private final boolean retained;

  public MqttWill(String topic, byte[] payload, boolean retained) {
    this.topic = topic;
    this.payload = payload.clone();
    this.retained = retained;
  }

  String topic() {
    return topic;
  }

  byte[] payload() {
    return payload;
  }

  boolean retained() {
    return retained;
  }
}
