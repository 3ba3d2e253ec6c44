package dev.telltale.collector.commit;

import dev.telltale.collector.fleet.Attachment;
import dev.telltale.collector.fleet.Device;
import dev.telltale.collector.fleet.DeviceState;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tlog.Leaf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The committer's part in envelopes: each is new, known already, or refused. */
final class Claims {
  private final Committer.World world;
  private final Admitter admitter;
  private final Replies replies;

  Claims(Committer.World world, Admitter admitter, Replies replies) {
    this.world = world;
    this.admitter = admitter;
    this.replies = replies;
  }

  void admit(Batch batch, Work.Claim claim) {
    Verified verified = claim.verified();
    Optional<Device> device = current(batch, verified);
    if (device.isEmpty()) {
      refuse(batch, claim, Refused.hold(Check.QUOTE_SIGNER, "the device has enrolled another AK"));
      return;
    }
    if (verified.manifest().sequence() <= device.get().state().sequence()) {
      batch.answer(() -> again(claim));
      return;
    }
    long now = world.clock().millis();
    switch (admitter.admit(verified, device.get(), now)) {
      case Admission.Denied(Refused why) -> refuse(batch, claim, why);
      case Admission.Admitted admitted -> place(batch, claim, device.get(), admitted, now);
    }
  }

  /** As it will be after what is in the batch already; empty under an AK that is closed. */
  private Optional<Device> current(Batch batch, Verified verified) {
    DeviceId id = verified.manifest().device();
    return batch.renews(id)
        ? Optional.empty()
        : batch
            .staged(id)
            .or(() -> world.fleet().device(id))
            .filter(device -> device.record().leaf() == verified.record().leaf());
  }

  private void refuse(Batch batch, Work.Claim claim, Refused why) {
    batch.answer(() -> replies.refuse(claim, why));
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
    Attachment.OfEnvelope attachment =
        new Attachment.OfEnvelope(
            Attachment.salt(world.random()), verdict.encode(), verified.message());
    Leaf leaf =
        Leaf.envelope(
            attachment.salt(),
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
    batch.answer(() -> replies.receipt(claim, index, attachment));
  }

  /** In the log by now: the first evidence stands, and the receipt is built anew. */
  private void again(Work.Claim claim) {
    Verified verified = claim.verified();
    DeviceId id = verified.manifest().device();
    long sequence = verified.manifest().sequence();
    long leaf =
        world
            .fleet()
            .leafOf(id, sequence)
            .orElseThrow(() -> new IllegalStateException(id + " has no leaf for " + sequence));
    Attachment.OfEnvelope entry = envelopeAt(leaf);
    if (manifestOf(entry).equals(verified.envelope().manifest())) {
      replies.receipt(claim, leaf, entry);
    } else {
      replies.refuse(claim, Refused.rewind(Check.ORDER_FORK, "another manifest has this number"));
    }
  }

  private Attachment.OfEnvelope envelopeAt(long leaf) {
    try {
      return switch (Attachment.decode(world.ledger().read(leaf).attachment())) {
        case Attachment.OfEnvelope envelope -> envelope;
        case Attachment.OfEnrolment _, Attachment.OfStatement _ ->
            throw new IllegalStateException("leaf " + leaf + " is no envelope");
      };
    } catch (MalformedException e) {
      throw new IllegalStateException("leaf " + leaf + " cannot be read back", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes manifestOf(Attachment.OfEnvelope entry) {
    try {
      return Envelope.decode(entry.message()).manifest();
    } catch (MalformedException e) {
      throw new IllegalStateException("a committed envelope cannot be read back", e);
    }
  }
}
