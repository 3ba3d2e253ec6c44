package dev.telltale.collector.commit;

import dev.telltale.collector.fleet.Fleet;
import dev.telltale.ledger.Committed;
import dev.telltale.ledger.Entry;
import dev.telltale.ledger.Ledger;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.MessageSigner;
import dev.telltale.protocol.tlog.NoteSigner;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that changes the log and the fleet. Work waits in a bounded queue; whoever fills
 * it waits with it, which is how a slow disk becomes back-pressure on the broker.
 *
 * <p>A failure to append ends the thread and, by {@code failed}, the process: nothing of that batch
 * is answered, and the restart finds out what the disk took.
 */
public final class Committer {
  private static final int QUEUE = 4_096;
  private static final int MOST = 1_024;

  /** Work that arrives so soon after the first shares its fsync. */
  private static final Duration LINGER = Duration.ofMillis(2);

  /** The collaborators that never change. */
  public record World(
      Ledger ledger,
      Fleet fleet,
      Refusals refusals,
      InstantSource clock,
      SecureRandom random,
      Outbound outbound) {}

  private final World world;
  private final Claims claims;
  private final Replies replies;
  private final Enrolling enrolling;
  private final Thread thread;
  private final Runnable failed;
  private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(QUEUE);
  private volatile boolean closing;

  /**
   * What the committer signs with and holds envelopes against.
   *
   * @param recipientSet hash of the recipient set in force
   * @param challengeLife beyond which an envelope is labelled late
   */
  public record Rules(
      NoteSigner log,
      MessageSigner messages,
      Nonces nonces,
      Digest recipientSet,
      Duration challengeLife) {}

  /** {@code failed} runs when the log cannot be written; it has to end the process. */
  public static Committer over(World world, Rules rules, Runnable failed) {
    Admitter admitter =
        new Admitter(
            world.fleet,
            rules.nonces,
            new Checkpoints(world.ledger, rules.log),
            rules.recipientSet,
            rules.challengeLife);
    Answers answers =
        new Answers(world.ledger, world.fleet, rules.nonces, rules.messages, world.clock);
    return new Committer(world, admitter, answers, failed);
  }

  private Committer(World world, Admitter admitter, Answers answers, Runnable failed) {
    this.world = world;
    this.replies = new Replies(world, answers);
    this.claims = new Claims(world, admitter, replies);
    this.enrolling = new Enrolling(world, answers);
    this.failed = failed;
    this.thread = Thread.ofPlatform().name("committer").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Waits for a place in the queue. */
  public void submit(Work work) throws InterruptedException {
    queue.put(work);
  }

  /** False when the queue is full: for who must not wait. */
  public boolean offer(Work work) {
    return queue.offer(work);
  }

  /** Ends between two batches; what is queued was never answered. */
  public void stop() throws InterruptedException {
    closing = true;
    thread.interrupt();
    thread.join();
  }

  private void run() {
    try {
      while (!closing) {
        List<Work> work = take();
        commit(work);
      }
    } catch (InterruptedException _) {
      // Only stop interrupts, between batches; what is still queued was never answered.
    } catch (IOException | RuntimeException e) {
      System.getLogger(Committer.class.getName())
          .log(System.Logger.Level.ERROR, "commit.failed: the log cannot be written", e);
      failed.run();
    }
  }

  private List<Work> take() throws InterruptedException {
    List<Work> work = new ArrayList<>();
    work.add(queue.take());
    long end = System.nanoTime() + LINGER.toNanos();
    while (work.size() < MOST) {
      queue.drainTo(work, MOST - work.size());
      long left = end - System.nanoTime();
      if (work.size() == MOST || left <= 0) {
        break;
      }
      Work next = queue.poll(left, TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      work.add(next);
    }
    return work;
  }

  private void commit(List<Work> work) throws IOException {
    Batch batch = new Batch(world.ledger.size());
    for (Work each : work) {
      switch (each) {
        case Work.Claim claim -> claims.admit(batch, claim);
        case Work.Rejection rejection -> batch.answer(() -> replies.refuse(rejection));
        case Work.Presence presence -> batch.answer(() -> replies.present(presence));
        case Work.Enrolment enrolment -> enrolling.admit(batch, enrolment);
        case Work.Statement statement -> enrolling.state(batch, statement);
      }
    }
    List<Entry> entries = batch.entries();
    if (!entries.isEmpty()) {
      Committed committed = world.ledger.append(entries);
      apply(committed.first(), entries);
    }
    batch.answers().forEach(Runnable::run);
  }

  private void apply(long first, List<Entry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      try {
        world.fleet.apply(first + i, entries.get(i));
      } catch (MalformedException e) {
        throw new IllegalStateException("entry " + (first + i) + " cannot be read back", e);
      }
    }
  }
}
