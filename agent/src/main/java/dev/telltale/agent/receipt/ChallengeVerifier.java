package dev.telltale.agent.receipt;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.message.Challenge;
import java.util.OptionalLong;

/** Decides whether a challenge is the collector's, for this device, and newer than the last. */
public final class ChallengeVerifier {
  private final Providers providers;
  private final PublicPoint messageKey;
  private final LogKeys keys;
  private final int suite;

  /** With the pins of the ticket and the suite of the enrolment. */
  public ChallengeVerifier(Providers providers, PublicPoint messageKey, LogKeys keys, int suite) {
    this.providers = providers;
    this.messageKey = messageKey;
    this.keys = keys;
    this.suite = suite;
  }

  /**
   * Verifies a COSE_Sign1, signature included.
   *
   * @param lastIssued of the newest challenge accepted; empty before the first
   * @param newest the newest checkpoint the device has verified
   */
  public ChallengeOutcome verify(
      Bytes encoded, DeviceId device, OptionalLong lastIssued, HeldCheckpoint newest) {
    try {
      Bytes payload = CoseSign1.open(providers, encoded, Challenge.KIND, messageKey);
      Challenge challenge = Challenge.decode(payload);
      requireNext(challenge, device, lastIssued);
      HeldCheckpoint next =
          keys.follow(challenge.note(), challenge.from(), challenge.consistency(), newest);
      return new VerifiedChallenge(
          new HeldChallenge(encoded, challenge), new Advance(newest, next));
    } catch (MalformedException e) {
      return new NotChallenge(e.check(), String.valueOf(e.getMessage()));
    }
  }

  private void requireNext(Challenge challenge, DeviceId device, OptionalLong lastIssued)
      throws MalformedException {
    if (challenge.suite() != suite) {
      throw new MalformedException(Check.FORM_SUITE, 0, "suite " + challenge.suite());
    }
    if (!challenge.device().equals(device)) {
      throw new MalformedException(Check.ANSWER_DEVICE, 0, "for " + challenge.device());
    }
    if (lastIssued.isPresent() && challenge.issued() <= lastIssued.getAsLong()) {
      throw new MalformedException(
          Check.ANSWER_ISSUED, 0, challenge.issued() + " after " + lastIssued.getAsLong());
    }
  }
}
