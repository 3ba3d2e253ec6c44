package dev.telltale.collector.intake;

import dev.telltale.collector.commit.Refused;
import dev.telltale.collector.commit.Reply;
import dev.telltale.collector.commit.Verified;
import dev.telltale.collector.commit.Work;
import dev.telltale.collector.decrypt.Decryptor;
import dev.telltale.collector.fleet.Device;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.RecipientSet;
import dev.telltale.verifier.AppraisalPolicy;
import dev.telltale.verifier.Contradiction;
import dev.telltale.verifier.EnvelopeAppraisal;
import dev.telltale.verifier.EnvelopeVerifier;
import dev.telltale.verifier.Opening;
import java.util.Optional;

/** One envelope from bytes to a claim or a refusal: the parallel half of verification. */
public final class Appraiser {
  private final Fleet fleet;
  private final Suite suite;
  private final EnvelopeVerifier verifier;
  private final Decryptor decryptor;
  private final RecipientSet recipients;

  public Appraiser(
      Fleet fleet,
      Suite suite,
      EnvelopeVerifier verifier,
      Decryptor decryptor,
      RecipientSet recipients) {
    this.fleet = fleet;
    this.suite = suite;
    this.verifier = verifier;
    this.decryptor = decryptor;
    this.recipients = recipients;
  }

  /** The device of the reply is that of the topic, as the broker's ACL lets only it publish. */
  Work appraise(Reply reply) {
    long sequence = 0;
    try {
      Envelope envelope = Envelope.decode(reply.received());
      Manifest manifest = Manifest.decode(envelope.manifest());
      sequence = manifest.sequence();
      if (!manifest.device().equals(reply.device())) {
        return refused(Check.DEVICE_TOPIC, manifest.device().toString(), sequence, reply);
      }
      Optional<Device> device = fleet.device(reply.device());
      if (device.isEmpty()) {
        return refused(Check.DEVICE_UNKNOWN, reply.device().toString(), sequence, reply);
      }
      return appraise(envelope, manifest, device.get(), reply);
    } catch (MalformedException e) {
      return refused(Contradiction.of(e), sequence, reply);
    }
  }

  private Work appraise(Envelope envelope, Manifest manifest, Device device, Reply reply)
      throws MalformedException {
    Optional<AppraisalPolicy> policy = fleet.policy();
    if (policy.isEmpty()) {
      return refused(Check.REFERENCE_NONE, "no policy", manifest.sequence(), reply);
    }
    EnvelopeVerifier.Context context =
        new EnvelopeVerifier.Context(device.record(), policy.get(), recipients);
    return switch (verifier.appraise(envelope, manifest, context)) {
      case EnvelopeAppraisal.Contraindicated(Contradiction why) ->
          refused(why, manifest.sequence(), reply);
      case EnvelopeAppraisal.Genuine genuine -> {
        Opening opening = decryptor.open(envelope, manifest);
        yield new Work.Claim(
            new Verified(
                reply.received(),
                envelope,
                manifest,
                suite.hash(envelope.manifest()),
                genuine.attest(),
                device.record(),
                opening.complete()),
            reply);
      }
    };
  }

  private static Work refused(Check check, String detail, long sequence, Reply reply) {
    return new Work.Rejection(Refused.hold(check, detail), sequence, reply);
  }

  private static Work refused(Contradiction why, long sequence, Reply reply) {
    return refused(why.check(), why.detail(), sequence, reply);
  }
}
