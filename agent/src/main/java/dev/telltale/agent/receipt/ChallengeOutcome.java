package dev.telltale.agent.receipt;

/** What a challenge turned out to be. */
public sealed interface ChallengeOutcome permits VerifiedChallenge, NotChallenge {}
