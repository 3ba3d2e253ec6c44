package dev.telltale.ledger;

import dev.telltale.protocol.Bytes;

/** What the tree hashes and everybody may see, and what stays with the collector. */
public record Entry(Bytes leaf, Bytes attachment) {
  /** The most an entry bundle can hold of one leaf (C2SP tlog-tiles). */
  public static final int LEAF_LIMIT = 65_535;

  /** An envelope at its largest, its checkpoint note, and room. */
  public static final int ATTACHMENT_LIMIT = 3 << 20;

  public Entry {
    if (leaf.isEmpty() || leaf.length() > LEAF_LIMIT || attachment.length() > ATTACHMENT_LIMIT) {
      throw new IllegalArgumentException(
          "leaf of " + leaf.length() + ", attachment of " + attachment.length() + " bytes");
    }
  }
}
