package dev.telltale.agent.uplink;

import dev.telltale.agent.outbox.Outbox;
import dev.telltale.platform.mqtt.Backoff;
import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection and delivers over it, on one virtual thread, until it is closed. What the
 * network does ends a connection; what the disk does ends the loop, and has to end the program.
 */
public final class UplinkLoop implements AutoCloseable {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Uplink uplink;
  private final Conversation conversation;
  private final Journalist journalist;
  private final Backoff backoff;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicBoolean wakened = new AtomicBoolean();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile boolean stopping;

  /** What may happen while the loop waits. The broker bounds how many answers there can be. */
  private sealed interface Event {
    record Answered(Bytes message, Runnable handled) implements Event {}

    /** The connection is named by its listener: one that ended late is not the present one. */
    record Disconnected(Uplink.Listener of, String why) implements Event {}

    record Wakened() implements Event {}
  }

  private final class Ear implements Uplink.Listener {
    @Override
    public void answered(Bytes message, Runnable handled) {
      events.add(new Event.Answered(message, handled));
    }

    @Override
    public void disconnected(String why) {
      events.add(new Event.Disconnected(this, why));
    }
  }

  private UplinkLoop(
      Uplink uplink, Conversation conversation, Journalist journalist, Backoff backoff) {
    this.uplink = uplink;
    this.conversation = conversation;
    this.journalist = journalist;
    this.backoff = backoff;
  }

  /** A loop that is not started yet. */
  public static UplinkLoop over(
      Uplink uplink,
      Outbox outbox,
      Collector collector,
      InstantSource clock,
      RandomGenerator random) {
    Journalist journalist = new Journalist(clock);
    return new UplinkLoop(
        uplink,
        new Conversation(outbox, collector, System::nanoTime, journalist),
        journalist,
        new Backoff(FIRST_WAIT, LONGEST_WAIT, random));
  }

  public void start() {
    Thread.ofVirtual().name("uplink").start(this::run);
  }

  /** There is something new to send. From any thread. */
  public void wake() {
    if (wakened.compareAndSet(false, true)) {
      events.add(new Event.Wakened());
    }
  }

  public UplinkStatus status() {
    return journalist.status();
  }

  /** Ends exceptionally where the outbox has failed, so that the program has to end. */
  public CompletionStage<Void> end() {
    return end.minimalCompletionStage();
  }

  private void run() {
    try {
      while (!stopping) {
        connection();
      }
      journalist.stopped();
      end.complete(null);
    } catch (IOException | RuntimeException e) {
      end.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end.completeExceptionally(e);
    }
  }

  /** One connection from its beginning to its end, and the wait after a failure. */
  private void connection() throws IOException, InterruptedException {
    Ear ear = new Ear();
    String why;
    try (Uplink.Session session =
        uplink.connect(conversation.state(true), conversation.state(false), ear)) {
      journalist.connected();
      conversation.connected(session);
      long since = System.nanoTime();
      why = converse(ear).orElse("");
      // Whoever lets us in and throws us out at once is not called at full speed.
      if (System.nanoTime() - since > LONGEST_WAIT.toNanos()) {
        backoff.reset();
      }
      if (stopping) {
        session.publish(conversation.state(false));
      }
    } catch (UplinkException e) {
      why = String.valueOf(e.getMessage());
    }
    conversation.disconnected();
    if (!stopping) {
      journalist.disconnected(why);
      idle(backoff.next());
    }
  }

  /** Why the connection is gone; nothing if it is to be given up. */
  private Optional<String> converse(Ear ear)
      throws IOException, UplinkException, InterruptedException {
    while (!stopping) {
      Event event = events.poll(conversation.advance(), TimeUnit.NANOSECONDS);
      if (event instanceof Event.Disconnected(Uplink.Listener of, String why) && of == ear) {
        return Optional.of(why);
      }
      handle(event);
    }
    return Optional.empty();
  }

  private void handle(@Nullable Event event)
      throws IOException, UplinkException, InterruptedException {
    switch (event) {
      case Event.Answered(Bytes message, Runnable handled) -> {
        conversation.answered(message);
        handled.run();
      }
      case Event.Wakened() -> wakened.set(false);
      case Event.Disconnected late -> {
        // Of an earlier connection.
      }
      case null -> {
        // The wait is over.
      }
    }
  }

  /** Answers that come late are still answers. */
  private void idle(Duration wait) throws IOException, InterruptedException {
    long until = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0 && !stopping; left = until - System.nanoTime()) {
      try {
        handle(events.poll(left, TimeUnit.NANOSECONDS));
      } catch (UplinkException e) {
        // There is no connection to lose.
      }
    }
  }

  /** Says goodbye and ends the thread, within seconds. */
  @Override
  public void close() {
    stopping = true;
    events.add(new Event.Wakened());
    try {
      end.get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Whoever waits for the end hears of it.
    }
  }
}
