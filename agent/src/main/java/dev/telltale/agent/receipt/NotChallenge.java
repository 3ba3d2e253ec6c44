package dev.telltale.agent.receipt;

import dev.telltale.protocol.Check;

/** Nothing is bound to it. */
public record NotChallenge(Check check, String detail) implements ChallengeOutcome {}
