package dev.telltale.collector.commit;

import dev.telltale.collector.fleet.Attachment;
import dev.telltale.collector.fleet.Device;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.ledger.Ledger;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Code;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.MessageSigner;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Challenge;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.Refusal;
import dev.telltale.protocol.tlog.Checkpoint;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes what goes down to the devices ({@code spec/answers.md}) and remembers, as a hint, which
 * checkpoint each was shown last: the next consistency path starts there. A wrong hint costs one
 * round: the device says where it is and asks again. For the committer's thread alone, so that note
 * and paths are of one checkpoint.
 */
final class Answers {
  /** A challenge serves any number of envelopes for so long before a new one is sent. */
  private static final long CHALLENGE_MILLIS = 60_000;

  private final Ledger ledger;
  private final Fleet fleet;
  private final Nonces nonces;
  private final MessageSigner signer;
  private final InstantSource clock;
  private final Map<DeviceId, Long> shown = new HashMap<>();
  private final Map<DeviceId, Long> challenged = new HashMap<>();

  Answers(Ledger ledger, Fleet fleet, Nonces nonces, MessageSigner signer, InstantSource clock) {
    this.ledger = ledger;
    this.fleet = fleet;
    this.nonces = nonces;
    this.signer = signer;
    this.clock = clock;
  }

  /** The device says which checkpoint it verified last; believed as a starting point only. */
  void heard(DeviceId device, long size) {
    if (size >= 1 && size <= ledger.size()) {
      shown.put(device, size);
    }
  }

  /** The receipt of a committed envelope. */
  Bytes receipt(DeviceId device, long sequence, long leaf, Attachment.OfEnvelope entry) {
    return receipt(device, sequence, leaf, entry.salt(), entry.verdict());
  }

  /** The receipt of an enrolment leaf, for who has verified the ticket's checkpoint. */
  Bytes enrolmentReceipt(long leaf, Bytes salt, long from) {
    return receipt(0, leaf, salt, Bytes.EMPTY, from);
  }

  private Bytes receipt(DeviceId device, long sequence, long leaf, Bytes salt, Bytes verdict) {
    Bytes receipt = receipt(sequence, leaf, salt, verdict, startFor(device));
    shown.put(device, ledger.size());
    return receipt;
  }

  private Bytes receipt(long sequence, long leaf, Bytes salt, Bytes verdict, long from) {
    Checkpoint checkpoint = ledger.checkpoint();
    return new Receipt(
            sequence,
            salt,
            verdict,
            leaf,
            ledger.inclusion(leaf, checkpoint.size()),
            ledger.checkpointNote(),
            from,
            consistency(from, checkpoint.size()))
        .encode();
  }

  private List<Digest> consistency(long from, long to) {
    return ledger.consistency(from, to);
  }

  /** Where the device was last seen; at the latest its enrolment, whose tree it has verified. */
  private long startFor(DeviceId device) {
    return shown.getOrDefault(
        device,
        fleet
            .device(device)
            .map(Device::state)
            .map(state -> Math.max(1, state.checkpoint()))
            .orElse(1L));
  }

  /** A signed refusal of exactly the bytes received; to an enrolling machine, under its ticket. */
  Bytes refusal(Reply to, long sequence, Refused why) {
    Optional<Refusal.Position> position =
        why.code() == Code.REWIND
            ? fleet.device(to.device()).map(device -> device.state().position())
            : Optional.empty();
    Code code = position.isEmpty() && why.code() == Code.REWIND ? Code.HOLD : why.code();
    Refusal refusal =
        new Refusal(
            1,
            to.device(),
            sequence,
            Sha256.of(to.received()),
            code,
            why.check().text(),
            why.text(),
            why.retryAfter(),
            position);
    return CoseSign1.sign(signer, Refusal.KIND, refusal.encode()).encoded();
  }

  /** A challenge for a device just heard of, if its last one is old. */
  Optional<Bytes> challengeIfOld(DeviceId device) {
    long last = challenged.getOrDefault(device, 0L);
    return clock.millis() - last < CHALLENGE_MILLIS
        ? Optional.empty()
        : Optional.of(challenge(device));
  }

  /** A challenge now: at connect. */
  Bytes challenge(DeviceId device) {
    Bytes message = challenge(device, startFor(device));
    shown.put(device, ledger.size());
    return message;
  }

  /** The first challenge of a device, beside its enrolment receipt, from the same checkpoint. */
  Bytes firstChallenge(DeviceId device) {
    shown.put(device, ledger.size());
    return challenge(device, ledger.size());
  }

  private Bytes challenge(DeviceId device, long from) {
    long bound = fleet.device(device).map(known -> known.state().challenge()).orElse(0L);
    long issued = Math.max(clock.millis(), bound + 1);
    challenged.put(device, issued);
    Checkpoint checkpoint = ledger.checkpoint();
    Challenge challenge =
        new Challenge(
            1,
            device,
            nonces.nonce(device, issued),
            issued,
            ledger.checkpointNote(),
            from,
            consistency(from, checkpoint.size()));
    return CoseSign1.sign(signer, Challenge.KIND, challenge.encode()).encoded();
  }
}
