package dev.telltale.collector.intake;

import dev.telltale.collector.commit.Committer;
import dev.telltale.collector.commit.Reply;
import dev.telltale.collector.commit.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;

/** As many lanes as cores, each a platform thread: verification is arithmetic, not waiting. */
public final class Lanes {
  private static final int QUEUE = 1_024;

  private final Appraiser appraiser;
  private final Committer committer;
  private final List<BlockingQueue<Reply>> queues = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  public Lanes(int count, Appraiser appraiser, Committer committer) {
    this.appraiser = appraiser;
    this.committer = committer;
    for (int i = 0; i < count; i++) {
      BlockingQueue<Reply> queue = new ArrayBlockingQueue<>(QUEUE);
      queues.add(queue);
      threads.add(Thread.ofPlatform().name("lane-" + i).unstarted(() -> run(queue)));
    }
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  /** False when the device's lane is full: the message stays with the broker. */
  boolean offer(Reply message) {
    int lane = Math.floorMod(message.device().hashCode(), queues.size());
    return queues.get(lane).offer(message);
  }

  private void run(BlockingQueue<Reply> queue) {
    try {
      while (true) {
        Optional<Work> work = appraise(appraiser::appraise, queue.take());
        if (work.isPresent()) {
          committer.submit(work.get());
        }
      }
    } catch (InterruptedException _) {
      // Only stop interrupts; what is queued was not acknowledged and comes again.
    }
  }

  /**
   * A defect of ours ends this message and not the lane: it is logged, never accepted, and not
   * taken again, so that one message cannot silence the devices that share the lane.
   */
  static Optional<Work> appraise(Function<Reply, Work> appraiser, Reply message) {
    try {
      return Optional.of(appraiser.apply(message));
    } catch (RuntimeException e) {
      System.getLogger(Lanes.class.getName())
          .log(System.Logger.Level.ERROR, "lane.defect device=" + message.device(), e);
      message.done().run();
      return Optional.empty();
    }
  }

  public void stop() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
