package dev.telltale.collector.intake;

import dev.telltale.collector.commit.Outbound;
import dev.telltale.platform.mqtt.Backoff;
import dev.telltale.platform.mqtt.MqttInbound;
import dev.telltale.platform.mqtt.MqttLink;
import dev.telltale.platform.mqtt.MqttLinkException;
import dev.telltale.platform.mqtt.MqttListener;
import dev.telltale.platform.mqtt.MqttSettings;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.message.Topics;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The collector's connection to the broker: a persistent session, a fresh link whenever one ends,
 * one thread that publishes answers in order. A message is acknowledged when its answer is with the
 * broker; what was not comes again. Answers that find no link are let go: their devices ask again.
 */
public final class MqttGateway implements Outbound, MqttListener {
  private static final int QUEUE = 8_192;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private record Answer(DeviceId to, Bytes message, Runnable done) {}

  private final MqttSettings settings;
  private final Backoff backoff;
  private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(QUEUE);
  private final Semaphore lost = new Semaphore(0);
  private final AtomicReference<@Nullable MqttLink> link = new AtomicReference<>();
  private final Thread connector = Thread.ofVirtual().name("broker").unstarted(this::connect);
  private final Thread publisher = Thread.ofVirtual().name("answers").unstarted(this::publish);
  private volatile @Nullable Intake intake;

  public MqttGateway(MqttSettings settings, Backoff backoff) {
    this.settings = settings;
    this.backoff = backoff;
  }

  /** Connects, and stays connected, until closed. */
  public void start(Intake target) {
    intake = target;
    connector.start();
    publisher.start();
  }

  public boolean connected() {
    MqttLink current = link.get();
    return current != null && current.connected();
  }

  @Override
  public void send(DeviceId to, Bytes message, Runnable done) {
    if (!answers.offer(new Answer(to, message, done))) {
      done.run();
    }
  }

  @Override
  public void arrived(MqttInbound message) {
    Intake target = intake;
    if (target != null) {
      target.accept(message.topic(), message.payload(), message::ack);
    }
  }

  @Override
  public void disconnected(MqttLinkException why) {
    log(System.Logger.Level.WARNING, "broker.lost " + why.getMessage());
    lost.release();
  }

  private void connect() {
    try {
      while (true) {
        try {
          serve();
        } catch (MqttLinkException e) {
          log(System.Logger.Level.WARNING, "broker.unreachable " + e.getMessage());
        }
        lost.drainPermits();
        Thread.sleep(backoff.next());
      }
    } catch (InterruptedException _) {
      // Only stop interrupts.
    }
  }

  private void serve() throws MqttLinkException, InterruptedException {
    try (MqttLink fresh = MqttLink.connect(settings, this)) {
      fresh.subscribe(Topics.ALL_UP, PATIENCE);
      link.set(fresh);
      backoff.reset();
      log(System.Logger.Level.INFO, "broker.connected");
      lost.acquire();
    } finally {
      link.set(null);
    }
  }

  private void publish() {
    try {
      while (true) {
        Answer answer = answers.take();
        publish(answer);
      }
    } catch (InterruptedException _) {
      // Only stop interrupts.
    }
  }

  private void publish(Answer answer) throws InterruptedException {
    MqttLink current = link.get();
    if (current == null) {
      answer.done.run();
      return;
    }
    try {
      CompletableFuture<Void> _ =
          current
              .publishAsync(Topics.answer(answer.to), answer.message.toArray(), false, PATIENCE)
              .whenComplete((_, _) -> answer.done.run());
    } catch (MqttLinkException e) {
      log(System.Logger.Level.DEBUG, "answer.unsent " + e.getMessage());
      answer.done.run();
    }
  }

  private static void log(System.Logger.Level level, String text) {
    System.getLogger(MqttGateway.class.getName()).log(level, text);
  }

  public void stop() throws InterruptedException {
    connector.interrupt();
    publisher.interrupt();
    connector.join();
    publisher.join();
  }
}
