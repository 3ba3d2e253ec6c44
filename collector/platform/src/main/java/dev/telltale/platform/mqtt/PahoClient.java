package dev.telltale.platform.mqtt;

import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.logging.LoggerFactory;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;

/** Paho's client over our socket, for one connection. */
final class PahoClient extends MqttAsyncClient {
  /** Paho parses it and then asks us for the socket. */
  private static final String UNUSED_URI = "ssl://broker";

  static {
    LoggerFactory.setLogger(SilentLogger.class.getName());
  }

  private final TlsModule module;

  PahoClient(MqttSettings settings) throws MqttException {
    super(UNUSED_URI, settings.clientId(), new MemoryPersistence(), new PingTimer(), null);
    module = new TlsModule(settings);
    setManualAcks(true);
  }

  static MqttConnectionOptions options(MqttSettings settings) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(settings.cleanStart());
    options.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
    options.setReceiveMaximum(settings.receiveMaximum());
    options.setMaximumPacketSize((long) settings.maximumPacket());
    options.setTopicAliasMaximum(0);
    options.setKeepAliveInterval(Math.toIntExact(settings.keepAlive().toSeconds()));
    settings
        .will()
        .ifPresent(will -> {
          MqttMessage message = new MqttMessage(will.payload());
          message.setQos(1);
          message.setRetained(will.retained());
          options.setWill(will.topic(), message);
        });
    return options;
  }

  /**
   * Wakes Paho's sender after the connection has ended: it may have gone to wait for work just
   * after it was told to stop, and nobody would tell it again. It sends nothing.
   */
  void nudge() {
    try {
      messageArrivedComplete(1, 1);
    } catch (MqttException e) {
      // Then it has no sender.
    }
  }

  TlsModule module() {
    return module;
  }

  @Override
  protected NetworkModule[] createNetworkModules(
      String address, @Nullable MqttConnectionOptions options) {
    return new NetworkModule[] {module};
  }
}
