package dev.telltale.platform.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a broker, from CONNECT to its end; for the next one, make a new link. Nothing
 * is remembered between links: what was not answered is the caller's to send again. All methods may
 * be called from any thread.
 */
public final class MqttLink implements AutoCloseable {
  private enum State {
    CONNECTING,
    OPEN,
    ENDED
  }

  /** Fixed header, topic length, packet identifier, properties: never more without aliases. */
  private static final int PUBLISH_OVERHEAD = 16;

  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final int QOS = 1;

  private final MqttSettings settings;
  private final MqttListener listener;
  private final PahoClient client;
  private final AtomicReference<State> state = new AtomicReference<>(State.CONNECTING);
  private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
  private final Semaphore window = new Semaphore(0);
  private volatile @Nullable MqttLinkException end;
  private volatile boolean sessionPresent;
  private volatile int windowSize;
  private volatile long brokerMaximumPacket;

  private MqttLink(MqttSettings settings, MqttListener listener) throws MqttException {
    this.settings = settings;
    this.listener = listener;
    this.client = new PahoClient(settings);
    client.setCallback(new Events(this, client));
  }

  /**
   * Connects, within the time the settings give.
   *
   * @throws MqttLinkException if there is no broker of that name and CA, or if it refuses us
   */
  public static MqttLink connect(MqttSettings settings, MqttListener listener)
      throws MqttLinkException, InterruptedException {
    MqttLink link;
    try {
      link = new MqttLink(settings, listener);
    } catch (MqttException e) {
      throw Pending.failure("connection", e);
    }
    try {
      link.open();
      return link;
    } catch (MqttLinkException | InterruptedException | RuntimeException e) {
      link.cut();
      throw e;
    }
  }

  private void open() throws MqttLinkException, InterruptedException {
    Pending connection = pending("connection", this::connectionDone);
    try {
      client.connect(PahoClient.options(settings), null, connection);
    } catch (MqttException e) {
      throw Pending.failure("connection", e);
    }
    accept(connection.await(settings.connectWithin()));
    if (!state.compareAndSet(State.CONNECTING, State.OPEN)) {
      throw ended();
    }
  }

  private void connectionDone(Pending connection) {
    pending.remove(connection);
    if (connection.done().isCompletedExceptionally()) {
      client.nudge();
    }
  }

  private void accept(IMqttToken connack) throws MqttLinkException {
    MqttProperties properties = connack.getResponseProperties();
    Integer qos = properties.getMaximumQoS();
    if (qos != null && qos < QOS) {
      throw MqttLinkException.trouble("the broker does not do QoS 1");
    }
    Integer receive = properties.getReceiveMaximum();
    Long packet = properties.getMaximumPacketSize();
    windowSize = receive == null ? 65_535 : receive;
    brokerMaximumPacket = packet == null ? Long.MAX_VALUE : packet;
    sessionPresent = connack.getSessionPresent();
    window.release(windowSize);
  }

  /** Whether the broker still had our session, with its subscriptions and queued messages. */
  public boolean sessionPresent() {
    return sessionPresent;
  }

  public boolean connected() {
    return state.get() == State.OPEN;
  }

  /** How many publishes may wait for their PUBACK at once: the broker's receive maximum. */
  public int window() {
    return windowSize;
  }

  /**
   * Publishes with QoS 1 and waits for the broker's PUBACK.
   *
   * @throws MqttLinkException if the broker refuses, the link ends or time is up; after the latter
   *     two the message may have been delivered
   */
  public void publish(String topic, byte[] payload, boolean retained, Duration timeout)
      throws MqttLinkException, InterruptedException {
    long start = System.nanoTime();
    Pending publish = start(topic, payload, retained, timeout);
    publish.await(timeout.minusNanos(System.nanoTime() - start));
  }

  /**
   * Publishes with QoS 1 and returns once the message is on its way; waits only for a place among
   * the {@link #window} messages in flight. The future completes on one of Paho's threads, with a
   * {@link MqttLinkException} as its cause if the broker refuses or the link ends; it has no time
   * limit of its own, but a dead link ends it.
   */
  public CompletableFuture<Void> publishAsync(
      String topic, byte[] payload, boolean retained, Duration timeout)
      throws MqttLinkException, InterruptedException {
    return start(topic, payload, retained, timeout).done().thenApply(token -> null);
  }

  private Pending start(String topic, byte[] payload, boolean retained, Duration timeout)
      throws MqttLinkException, InterruptedException {
    bound(topic, payload);
    if (!window.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      throw MqttLinkException.trouble(
          windowSize + " messages await their PUBACK; none came within " + timeout);
    }
    Pending publish = pending("publish to " + topic, this::published);
    MqttMessage message = new MqttMessage(payload, QOS, retained, new MqttProperties());
    try {
      client.publish(topic, message, null, publish);
    } catch (MqttException e) {
      publish.onFailure(null, e);
    } catch (IllegalArgumentException e) {
      publish.fail(e);
      throw e;
    }
    return publish;
  }

  private void published(Pending publish) {
    pending.remove(publish);
    window.release();
  }

  private void bound(String topic, byte[] payload) throws MqttLinkException {
    long size =
        (long) payload.length + topic.getBytes(StandardCharsets.UTF_8).length + PUBLISH_OVERHEAD;
    long most = Math.min(brokerMaximumPacket, settings.maximumPacket());
    if (size > most) {
      throw MqttLinkException.trouble(
          "message of " + payload.length + " bytes to " + topic + ": packets end at " + most);
    }
  }

  /**
   * Subscribes with QoS 1. A broker may grant a filter and still deliver nothing the client may not
   * read; no answer tells.
   */
  public void subscribe(String filter, Duration timeout)
      throws MqttLinkException, InterruptedException {
    Pending subscription = pending("subscription to " + filter, pending::remove);
    try {
      client.subscribe(
          new MqttSubscription[] {new MqttSubscription(filter, QOS)},
          null,
          subscription,
          new MqttProperties());
    } catch (MqttException e) {
      subscription.onFailure(null, e);
    }
    int[] granted = subscription.await(timeout).getReasonCodes();
    if (granted.length != 1 || granted[0] != QOS) {
      throw MqttLinkException.trouble("subscription to " + filter + ": QoS 1 is not granted");
    }
  }

  /** A request that the end of the link ends, too. */
  private Pending pending(String what, Consumer<Pending> after) {
    Pending request = new Pending(what, after);
    pending.add(request);
    // After adding: whoever ends the link sets the state first and then looks at the set.
    if (state.get() == State.ENDED) {
      request.fail(ended());
    }
    return request;
  }

  private MqttLinkException ended() {
    MqttLinkException why = end;
    return why == null
        ? MqttLinkException.trouble("not connected to " + settings.address())
        : MqttLinkException.trouble(why.getMessage(), why);
  }

  void arrived(MqttInbound message) {
    listener.arrived(message);
  }

  /** The connection is gone, or must go. */
  void lost(MqttLinkException why) {
    end = why;
    boolean open = state.getAndSet(State.ENDED) == State.OPEN;
    client.module().stop();
    endPending();
    if (open) {
      listener.disconnected(why);
    }
  }

  private void endPending() {
    for (Pending request : pending) {
      request.fail(ended());
    }
  }

  /** Says goodbye, so that no will is published, and ends the connection within two seconds. */
  @Override
  public void close() {
    if (state.getAndSet(State.ENDED) == State.OPEN) {
      Pending goodbye = new Pending("goodbye", done -> client.nudge());
      try {
        client.disconnect(0, null, goodbye, 0, new MqttProperties());
        goodbye.await(GOODBYE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (MqttException | MqttLinkException e) {
        // The broker is gone, or this is Paho's own thread: cut it is.
      }
    }
    cut();
  }

  /** Ends the connection without a goodbye; the broker publishes the will. */
  public void cut() {
    state.set(State.ENDED);
    client.module().stop();
    endPending();
  }
}
