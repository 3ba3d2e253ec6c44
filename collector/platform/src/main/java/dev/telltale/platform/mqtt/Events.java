package dev.telltale.platform.mqtt;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** What Paho reports about one link. */
final class Events implements MqttCallback {
  private final MqttLink link;
  private final PahoClient client;

  Events(MqttLink link, PahoClient client) {
    this.link = link;
    this.client = client;
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    int qos = message.getQos();
    if (qos > 1) {
      link.lost(MqttLinkException.trouble("the broker sent a QoS 2 message we never asked for"));
      return;
    }
    int id = message.getId();
    Runnable acknowledge = qos == 0 ? () -> {} : () -> acknowledge(id);
    try {
      link.arrived(
          new MqttInbound(
              topic,
              message.getPayload(),
              message.isRetained(),
              message.isDuplicate(),
              acknowledge));
    } catch (RuntimeException | Error e) {
      link.lost(MqttLinkException.trouble("the receiver of " + topic + " failed", e));
    }
  }

  private void acknowledge(int id) {
    if (!client.isConnected()) {
      return;
    }
    try {
      client.messageArrivedComplete(id, 1);
    } catch (MqttException e) {
      link.lost(Pending.failure("PUBACK", e));
    }
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    MqttException cause = response.getException();
    link.lost(
        cause == null
            ? MqttLinkException.ended(response.getReturnCode())
            : Pending.failure("connection lost", cause));
    client.nudge();
  }

  /** Paho tells of it and carries on; we do not. */
  @Override
  public void mqttErrorOccurred(MqttException cause) {
    link.lost(Pending.failure("connection lost", cause));
  }

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String uri) {}

  /** Extended authentication was not asked for (MQTT 5, 4.12). */
  @Override
  public void authPacketArrived(int reason, MqttProperties properties) {
    link.lost(MqttLinkException.trouble("the broker sent an AUTH we never asked for"));
  }
}
