package dev.telltale.agent.receipt;

/** That one checkpoint extends another; both are the same where the log did not grow. */
public record Advance(HeldCheckpoint from, HeldCheckpoint to) {}
