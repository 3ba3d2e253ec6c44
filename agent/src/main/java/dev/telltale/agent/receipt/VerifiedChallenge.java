package dev.telltale.agent.receipt;

/** A challenge for this device, newer than the last. Only {@link ChallengeVerifier} makes it. */
public final class VerifiedChallenge implements ChallengeOutcome {
  private final HeldChallenge challenge;
  private final Advance advance;

  VerifiedChallenge(HeldChallenge challenge, Advance advance) {
    this.challenge = challenge;
    this.advance = advance;
  }

  public HeldChallenge challenge() {
    return challenge;
  }

  /** From the checkpoint it was verified against to the one to hold from now on. */
  public Advance advance() {
    return advance;
  }
}
