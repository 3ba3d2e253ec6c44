package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;

/**
 * The three hashes of a tree (RFC 9162 section 2.1.1). The prefixes 0x00 for leaves and 0x01 for
 * nodes keep a node from passing for a leaf.
 */
public interface TreeHash {
  /** H(0x00 ‖ entry), the entry given in parts. */
  Digest leaf(Bytes... entry);

  /** H(0x01 ‖ left ‖ right). */
  Digest node(Digest left, Digest right);

  /** The root of a tree without leaves: H of nothing. */
  Digest empty();
}
