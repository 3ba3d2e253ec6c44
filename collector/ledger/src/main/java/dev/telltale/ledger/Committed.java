package dev.telltale.ledger;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tlog.Checkpoint;

/** A batch that is durable: the index of its first entry, and the checkpoint it led to, signed. */
public record Committed(long first, Checkpoint checkpoint, Bytes note) {}
