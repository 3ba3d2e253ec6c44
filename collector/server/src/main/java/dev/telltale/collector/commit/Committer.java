package dev.telltale.collector.commit;

import dev.telltale.collector.fleet.Attachment;
import dev.telltale.collector.fleet.Device;
import dev.telltale.collector.fleet.DeviceState;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.ledger.Committed;
import dev.telltale.ledger.Entry;
import dev.telltale.ledger.Ledger;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.MessageSigner;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.NoteSigner;
import dev.telltale.protocol.tpm.PcrValues;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final Admitter admitter;
  private final Answers answers;
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
    this.admitter = admitter;
    this.answers = answers;
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
        case Work.Claim claim -> admit(batch, claim);
        case Work.Rejection rejection -> batch.answer(() -> reject(rejection));
        case Work.Presence presence -> batch.answer(() -> present(presence));
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

  private void admit(Batch batch, Work.Claim claim) throws IOException {
    Verified verified = claim.verified();
    DeviceId id = verified.manifest().device();
    Device device = batch.staged(id).or(() -> world.fleet.device(id)).orElse(null);
    if (batch.renews(id) || device == null || device.record().leaf() != verified.record().leaf()) {
      refuseLater(
          batch, claim, Refused.hold(Check.QUOTE_SIGNER, "the device has enrolled another AK"));
      return;
    }
    if (verified.manifest().sequence() <= device.state().sequence()) {
      again(batch, claim);
      return;
    }
    long now = world.clock.millis();
    switch (admitter.admit(verified, device, now)) {
      case Admission.Denied(Refused why) -> refuseLater(batch, claim, why);
      case Admission.Admitted admitted -> place(batch, claim, device, admitted, now);
    }
  }

  private void place(
      Batch batch, Work.Claim claim, Device device, Admission.Admitted admitted, long now) {
    Verified verified = claim.verified();
    Verdict verdict =
        new Verdict(
            admitted.tier(),
            admitted.coverage(),
            admitted.policy(),
            admitted.referenceSet(),
            device.state().leaf(),
            now,
            admitted.reasons());
    Bytes salt = salt();
    Attachment.OfEnvelope attachment =
        new Attachment.OfEnvelope(salt, verdict.encode(), verified.message());
    Leaf leaf =
        Leaf.envelope(
            salt,
            verified.manifestHash(),
            Sha256.of(verified.envelope().attest()),
            attachment.verdict());
    long index = batch.add(leaf, attachment);
    DeviceState next =
        device
            .state()
            .after(
                verified.manifest(),
                verified.manifestHash(),
                verified.attest(),
                new DeviceState.Placed(index, now, Fleet.position(verified.envelope())));
    batch.stage(verified.manifest().device(), device.with(next));
    batch.answer(() -> receipt(claim, index, attachment));
  }

  /** In the log, or in this batch: the first evidence stands and the receipt is built anew. */
  private void again(Batch batch, Work.Claim claim) {
    batch.answer(() -> {
      try {
        receiptAgain(claim);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }

  private void receiptAgain(Work.Claim claim) throws IOException {
    Verified verified = claim.verified();
    DeviceId id = verified.manifest().device();
    long sequence = verified.manifest().sequence();
    OptionalLong leaf = world.fleet.leafOf(id, sequence);
    if (leaf.isEmpty()) {
      throw new IllegalStateException("envelope " + sequence + " of " + id + " has no leaf");
    }
    Attachment.OfEnvelope entry = envelopeAt(leaf.getAsLong());
    if (manifestOf(entry).equals(verified.envelope().manifest())) {
      receipt(claim, leaf.getAsLong(), entry);
    } else {
      refuse(
          claim.reply(),
          sequence,
          Refused.rewind(Check.ORDER_FORK, "another manifest has this number"));
    }
  }

  private Attachment.OfEnvelope envelopeAt(long leaf) throws IOException {
    try {
      return switch (Attachment.decode(world.ledger.read(leaf).attachment())) {
        case Attachment.OfEnvelope envelope -> envelope;
        case Attachment.OfEnrolment _, Attachment.OfStatement _ ->
            throw new IllegalStateException("leaf " + leaf + " is no envelope");
      };
    } catch (MalformedException e) {
      throw new IllegalStateException("leaf " + leaf + " cannot be read back", e);
    }
  }

  private static Bytes manifestOf(Attachment.OfEnvelope entry) {
    try {
      return Envelope.decode(entry.message()).manifest();
    } catch (MalformedException e) {
      throw new IllegalStateException("a committed envelope cannot be read back", e);
    }
  }

  private void receipt(Work.Claim claim, long leaf, Attachment.OfEnvelope entry) {
    DeviceId id = claim.verified().manifest().device();
    world.refusals.committed(id);
    Bytes receipt = answers.receipt(id, claim.verified().manifest().sequence(), leaf, entry);
    world.outbound.send(id, receipt, claim.reply().done());
    challengeIfOld(id);
  }

  private void refuseLater(Batch batch, Work.Claim claim, Refused why) {
    Verified verified = claim.verified();
    batch.answer(() -> {
      note(claim.reply().device(), why, Optional.of(verified.envelope().values()));
      refuse(claim.reply(), verified.manifest().sequence(), why);
    });
  }

  private void reject(Work.Rejection rejection) {
    note(rejection.reply().device(), rejection.why(), Optional.empty());
    refuse(rejection.reply(), rejection.sequence(), rejection.why());
  }

  private void note(DeviceId device, Refused why, Optional<PcrValues> values) {
    if (world.fleet.device(device).isPresent()) {
      world.refusals.refused(device, why, world.clock.millis(), values);
    }
  }

  private void refuse(Reply reply, long sequence, Refused why) {
    System.getLogger(Committer.class.getName())
        .log(
            System.Logger.Level.INFO,
            "envelope.refused device={0} seq={1} check={2} code={3}: {4}",
            reply.device(),
            Long.toString(sequence),
            why.check().text(),
            why.code().text(),
            why.detail());
    world.outbound.send(reply.device(), answers.refusal(reply, sequence, why), reply.done());
    challengeIfOld(reply.device());
  }

  private void present(Work.Presence presence) {
    if (world.fleet.device(presence.device()).isEmpty()) {
      return;
    }
    answers.heard(presence.device(), presence.checkpoint());
    world.outbound.send(presence.device(), answers.challenge(presence.device()), () -> {});
  }

  private void challengeIfOld(DeviceId id) {
    if (world.fleet.device(id).isPresent()) {
      answers
          .challengeIfOld(id)
          .ifPresent(challenge -> world.outbound.send(id, challenge, () -> {}));
    }
  }

  private Bytes salt() {
    byte[] salt = new byte[Attachment.SALT];
    world.random.nextBytes(salt);
    return Bytes.of(salt);
  }
}
