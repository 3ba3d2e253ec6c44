package dev.telltale.ledger.fsck;

import dev.telltale.protocol.Bytes;
import java.util.Optional;

/**
 * Checks one entry by what its attachment means, which the journal does not know: above all that
 * the attachment opens the commitment in the leaf.
 */
@FunctionalInterface
public interface EntryCheck {
  /** What is wrong with the entry at this index, in a few words; empty if nothing is. */
  Optional<String> fault(long index, Bytes leaf, Bytes attachment);
}
