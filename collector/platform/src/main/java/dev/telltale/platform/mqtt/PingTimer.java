package dev.telltale.platform.mqtt;

import java.time.Duration;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.jspecify.annotations.Nullable;

/**
 * Has Paho look after its keep alive, for one connection. Paho's own timer is a platform thread
 * that outlives a connection lost in the moment of its CONNACK.
 */
final class PingTimer implements MqttPingSender {
  private static final long SHORTEST_MILLIS = 100;

  private final Object lock = new Object();
  private @Nullable ClientComms comms;
  private @Nullable Thread thread;
  private boolean stopped;
  private long nextMillis;

  @Override
  public void init(ClientComms client) {
    comms = client;
  }

  @Override
  public void start() {
    synchronized (lock) {
      ClientComms client = comms;
      if (client != null && thread == null && !stopped) {
        nextMillis = client.getKeepAlive();
        thread = Thread.ofVirtual().name("mqtt-ping").start(() -> run(client));
      }
    }
  }

  @Override
  public void stop() {
    synchronized (lock) {
      stopped = true;
      lock.notifyAll();
    }
  }

  @Override
  public void schedule(long delayMillis) {
    synchronized (lock) {
      nextMillis = delayMillis;
    }
  }

  private void run(ClientComms client) {
    try {
      while (sleep()) {
        client.checkForActivity();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the time of the next look; false when the connection has ended. */
  private boolean sleep() throws InterruptedException {
    synchronized (lock) {
      long end =
          System.nanoTime() + Duration.ofMillis(Math.max(SHORTEST_MILLIS, nextMillis)).toNanos();
      long left = end - System.nanoTime();
      while (!stopped && left > 0) {
        lock.wait(Math.max(1, left / 1_000_000));
        left = end - System.nanoTime();
      }
      return !stopped;
    }
  }
}
