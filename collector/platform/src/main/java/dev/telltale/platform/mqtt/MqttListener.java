package dev.telltale.platform.mqtt;

/**
 * What happens on a link. Both methods run on Paho's threads and must not block: a listener bounds
 * and offers to a queue, and leaves a message unacknowledged when the queue is full.
 */
public interface MqttListener {
  /**
   * One message has come. The first may arrive before {@link MqttLink#connect} has returned. An
   * exception here ends the connection; the message then comes again on the next one.
   */
  void arrived(MqttInbound message);

  /** The link is dead and stays so. Called once at most, and never for a link we closed. */
  void disconnected(MqttLinkException why);
}
