package dev.telltale.collector.commit;

import dev.telltale.collector.fleet.Device;
import dev.telltale.collector.fleet.DeviceState;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.message.Coverage;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Tier;
import dev.telltale.verifier.AppraisalPolicy;
import dev.telltale.verifier.ReferenceSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The serial half of verification ({@code spec/envelope.md}): everything that depends on what came
 * before. For the committer's thread alone; it decides and changes nothing.
 */
final class Admitter {
  private static final String LATE = "late";
  private static final String SEALED_BEFORE = "sealed-before-boot";
  private static final String READING = "reading";

  private final Fleet fleet;
  private final Nonces nonces;
  private final Checkpoints checkpoints;
  private final Digest recipientSet;
  private final Duration challengeLife;

  Admitter(
      Fleet fleet,
      Nonces nonces,
      Checkpoints checkpoints,
      Digest recipientSet,
      Duration challengeLife) {
    this.fleet = fleet;
    this.nonces = nonces;
    this.checkpoints = checkpoints;
    this.recipientSet = recipientSet;
    this.challengeLife = challengeLife;
  }

  /** Against the device as it will be when what is already in the batch is committed. */
  Admission admit(Verified claim, Device device, long now) {
    Manifest manifest = claim.manifest();
    return order(manifest, device.state())
        .or(() -> clock(claim, device.state()))
        .or(() -> challenge(manifest, device.state()))
        .or(() -> checkpoint(manifest, device.state()))
        .or(() -> recipients(manifest))
        .<Admission>map(Admission.Denied::new)
        .orElseGet(() -> reference(claim, device, now));
  }

  private static Optional<Refused> order(Manifest manifest, DeviceState state) {
    if (manifest.sequence() != state.sequence() + 1) {
      return rewind(Check.ORDER_SEQUENCE, state.sequence() + 1, manifest.sequence());
    }
    if (!manifest.previous().equals(state.previous())) {
      return rewind(Check.ORDER_PREVIOUS, state.previous(), manifest.previous());
    }
    if (manifest.firstReading() < state.nextReading()) {
      return hold(
          Check.ORDER_READING_SEQ,
          "expected " + state.nextReading() + ", found " + manifest.firstReading());
    }
    boolean jumps = manifest.firstReading() > state.nextReading();
    if (jumps != manifest.reason().isPresent()) {
      return hold(
          Check.ORDER_REASON,
          jumps ? "readings are missing and no reason is given" : "a reason and nothing missing");
    }
    return Optional.empty();
  }

  private static Optional<Refused> clock(Verified claim, DeviceState state) {
    if (claim.attest().clockInfo().before(state.clock())) {
      return hold(
          Check.CLOCK_BACK, "last " + state.clock() + ", now " + claim.attest().clockInfo());
    }
    boolean reset = claim.attest().clockInfo().resetCount() > state.clock().resetCount();
    boolean sameBoot = claim.manifest().boot().now().equals(state.bootSeed());
    return reset && sameBoot
        ? hold(Check.CLOCK_BOOT, "the TPM was reset alone, without its machine")
        : Optional.empty();
  }

  private Optional<Refused> challenge(Manifest manifest, DeviceState state) {
    Manifest.BoundChallenge bound = manifest.challenge();
    Digest expected = nonces.nonce(manifest.device(), bound.issued());
    if (!expected.value().sameSecret(bound.nonce().value())) {
      return hold(Check.CHALLENGE_NONCE, "a nonce this collector never gave this device");
    }
    return bound.issued() < state.challenge()
        ? hold(Check.CHALLENGE_OLD, "issued " + bound.issued() + ", bound " + state.challenge())
        : Optional.empty();
  }

  private Optional<Refused> checkpoint(Manifest manifest, DeviceState state) {
    Manifest.BoundCheckpoint bound = manifest.checkpoint();
    return checkpoints
        .contradiction(bound)
        .map(why -> Refused.hold(why.check(), why.detail()))
        .or(() ->
            bound.size() < state.checkpoint()
                ? hold(
                    Check.CHECKPOINT_OLD, "size " + bound.size() + ", bound " + state.checkpoint())
                : Optional.empty());
  }

  private Optional<Refused> recipients(Manifest manifest) {
    return manifest.recipientSet().equals(recipientSet)
        ? Optional.empty()
        : hold(Check.RECIPIENTS_UNKNOWN, manifest.recipientSet().toString());
  }

  private Admission reference(Verified claim, Device device, long now) {
    List<ReferenceSet> sets = fleet.references(device.record().group(), now);
    if (sets.isEmpty()) {
      return new Admission.Denied(
          Refused.hold(Check.REFERENCE_NONE, "group " + device.record().group()));
    }
    Optional<ReferenceSet> match =
        sets.reversed().stream()
            .filter(set -> set.mismatch(claim.envelope().values()).isEmpty())
            .findFirst();
    if (match.isEmpty()) {
      String detail =
          sets.getLast()
              .mismatch(claim.envelope().values())
              .map(mismatch -> mismatch.contradiction().detail())
              .orElseThrow();
      return new Admission.Denied(Refused.hold(Check.REFERENCE_VALUES, detail));
    }
    return admitted(claim, match.get(), now);
  }

  private Admission admitted(Verified claim, ReferenceSet match, long now) {
    List<String> reasons = new ArrayList<>();
    boolean sealedBefore = claim.manifest().boot().sealedBeforeThisBoot();
    if (sealedBefore) {
      reasons.add(SEALED_BEFORE);
    }
    if (!claim.complete()) {
      reasons.add(READING);
    }
    if (now - claim.manifest().challenge().issued() > challengeLife.toMillis()) {
      reasons.add(LATE);
    }
    Tier tier = sealedBefore || !claim.complete() ? Tier.WARNING : Tier.AFFIRMING;
    long policy = fleet.policy().map(AppraisalPolicy::leaf).orElseThrow();
    return new Admission.Admitted(tier, Coverage.NONE, policy, match.leaf(), reasons);
  }

  private static Optional<Refused> hold(Check check, String detail) {
    return Optional.of(Refused.hold(check, detail));
  }

  private static Optional<Refused> rewind(Check check, Object expected, Object actual) {
    return Optional.of(Refused.rewind(check, "expected " + expected + ", found " + actual));
  }
}
