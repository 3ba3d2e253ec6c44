package dev.telltale.agent.envelope;

import dev.telltale.agent.outbox.Outbox;
import dev.telltale.agent.outbox.SealedReading;
import dev.telltale.agent.sensor.ReadingSink;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.ReadingLeaves;
import dev.telltale.protocol.tlog.TreeHash;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Seals readings and hands them to the outbox. Holds the content secret, in memory only: a new one
 * at each start, after each key period, and when the clocks part, because the memory may have been
 * copied and two copies must not seal under one secret (design 2.1).
 */
public final class Encryptor implements ReadingSink, AutoCloseable {
  private static final Duration PARTED = Duration.ofSeconds(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final Outbox outbox;
  private final SealingContext context;
  private final Secrets secrets;
  private final Clocks clocks;
  private final Duration period;
  private final TreeHash hash;
  private Held held;
  private boolean closed;

  /** Where content secrets come from: two sources, mixed, so that one bad one does not show it. */
  public record Secrets(SecureRandom system, Entropy tpm) {
    ContentSecret draw() throws TpmException {
      return ContentSecret.draw(system, tpm.draw(ContentSecret.LENGTH));
    }
  }

  /** A content secret and what both clocks showed when it was drawn. */
  private record Held(ContentSecret secret, long wall, long monotonic) {}

  private Encryptor(
      Outbox outbox, SealingContext context, Secrets secrets, Clocks clocks, Duration period)
      throws IOException, TpmException {
    this.outbox = outbox;
    this.context = context;
    this.secrets = secrets;
    this.clocks = clocks;
    this.period = period;
    this.hash = MerkleHash.of(context.suite());
    this.held = draw();
  }

  /** Draws the first content secret and puts its key in force. */
  public static Encryptor start(
      Outbox outbox, SealingContext context, Secrets secrets, Clocks clocks, Duration period)
      throws IOException, TpmException {
    return new Encryptor(outbox, context, secrets, clocks, period);
  }

  @Override
  public void accept(Reading reading) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the agent is stopping");
      }
      renewIfDue();
      outbox.add(seal(reading));
    } finally {
      lock.unlock();
    }
  }

  private SealedReading seal(Reading reading) {
    Suite suite = context.suite();
    long number = outbox.nextReading();
    Bytes key = suite.readingKey(held.secret, context.device(), number);
    Bytes ciphertext = suite.seal(key, context.device(), number, reading.encode());
    return new SealedReading(
        number,
        reading.timeMillis(),
        ciphertext,
        ReadingLeaves.ofCiphertext(hash, ciphertext),
        ReadingLeaves.ofKey(hash, key));
  }

  /** Without a new secret nothing is sealed: the reading is lost, and its number says so. */
  private void renewIfDue() throws IOException {
    if (!due()) {
      return;
    }
    try {
      Held next = draw();
      held.secret.close();
      held = next;
    } catch (TpmException e) {
      outbox.skip();
      throw new IOException("no new content secret: " + e.getMessage(), e);
    }
  }

  private boolean due() {
    Duration byWall = Duration.ofMillis(clocks.wall().millis() - held.wall);
    Duration byMonotonic = Duration.ofNanos(clocks.monotonic().getAsLong() - held.monotonic);
    return byMonotonic.compareTo(period) >= 0
        || byWall.minus(byMonotonic).abs().compareTo(PARTED) > 0;
  }

  /** A fresh secret, whose key is durable before anything is sealed under it. */
  private Held draw() throws IOException, TpmException {
    ContentSecret secret = secrets.draw();
    try {
      outbox.key(context.wrap(secret, secrets.system));
    } catch (IOException e) {
      secret.close();
      throw e;
    }
    return new Held(secret, clocks.wall().millis(), clocks.monotonic().getAsLong());
  }

  /** Wipes the secret; takes nothing any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      held.secret.close();
    } finally {
      lock.unlock();
    }
  }
}
