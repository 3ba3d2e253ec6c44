package dev.telltale.agent.outbox;

/** Positions in the journal: of the key of some readings, and of the first of them. */
record Place(long key, long first) {}
