package dev.telltale.agent.uplink;

import dev.telltale.platform.mqtt.MqttAddress;
import dev.telltale.platform.mqtt.MqttInbound;
import dev.telltale.platform.mqtt.MqttLink;
import dev.telltale.platform.mqtt.MqttLinkException;
import dev.telltale.platform.mqtt.MqttListener;
import dev.telltale.platform.mqtt.MqttSettings;
import dev.telltale.platform.mqtt.MqttWill;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.message.DeviceStatus;
import dev.telltale.protocol.message.Topics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Over MQTT, with the certificate of the device. The session ends with the connection: whatever was
 * on its way then is sent again.
 */
public final class MqttUplink implements Uplink {
  /** Answers the broker may have sent that are not dealt with. */
  private static final int ANSWERS = 32;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final MqttSettings settings;
  private final DeviceId device;

  /**
   * A way for one device.
   *
   * @param clientId known to the device and the broker only
   */
  public MqttUplink(MqttAddress address, SSLContext tls, String clientId, DeviceId device) {
    this.settings = MqttSettings.to(address, tls, clientId).withReceiveMaximum(ANSWERS);
    this.device = device;
  }

  @Override
  public Session connect(DeviceStatus birth, DeviceStatus lastWords, Listener listener)
      throws UplinkException, InterruptedException {
    String topic = Topics.state(device);
    MqttSettings withWill =
        settings.withWill(new MqttWill(topic, lastWords.encode().toArray(), true));
    Events events = new Events(listener);
    try {
      MqttLink link = MqttLink.connect(withWill, events);
      try {
        // Before the birth, which the collector answers with a challenge.
        link.subscribe(Topics.answer(device), PATIENCE);
        link.publish(topic, birth.encode().toArray(), true, PATIENCE);
        return new Connection(link, events);
      } catch (MqttLinkException | InterruptedException e) {
        events.silence();
        link.close();
        throw e;
      }
    } catch (MqttLinkException e) {
      throw failure(e);
    }
  }

  private static UplinkException failure(MqttLinkException e) {
    return new UplinkException(String.valueOf(e.getMessage()), e);
  }

  /** Passes on what happens, an end once at most. */
  private static final class Events implements MqttListener {
    private final Listener listener;
    private final AtomicBoolean ended = new AtomicBoolean();

    Events(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void arrived(MqttInbound message) {
      if (message.payload().length > Limits.MESSAGE) {
        message.ack();
        return;
      }
      listener.answered(Bytes.of(message.payload()), message::ack);
    }

    @Override
    public void disconnected(MqttLinkException why) {
      end(why);
    }

    void end(Throwable why) {
      if (ended.compareAndSet(false, true)) {
        listener.disconnected(String.valueOf(why.getMessage()));
      }
    }

    void silence() {
      ended.set(true);
    }
  }

  private final class Connection implements Session {
    private final MqttLink link;
    private final Events events;

    Connection(MqttLink link, Events events) {
      this.link = link;
      this.events = events;
    }

    @Override
    public void send(Bytes envelope) throws UplinkException, InterruptedException {
      try {
        CompletableFuture<Void> taken =
            link.publishAsync(Topics.env(device), envelope.toArray(), false, PATIENCE);
        CompletableFuture<Void> _ = taken.exceptionally(this::refused);
      } catch (MqttLinkException e) {
        throw failure(e);
      }
    }

    /** The broker did not take an envelope: a new connection finds out whether it ever will. */
    private @Nullable Void refused(Throwable why) {
      Throwable cause = why.getCause();
      events.end(cause == null ? why : cause);
      return null;
    }

    @Override
    public void publish(DeviceStatus status) throws UplinkException, InterruptedException {
      try {
        link.publish(Topics.state(device), status.encode().toArray(), true, PATIENCE);
      } catch (MqttLinkException e) {
        throw failure(e);
      }
    }

    @Override
    public void close() {
      events.silence();
      link.close();
    }
  }
}
