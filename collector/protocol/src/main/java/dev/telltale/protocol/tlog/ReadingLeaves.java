package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Label;

/**
 * The leaves of the two trees over the readings of an envelope, in their order: one over the
 * ciphertexts, which anybody checks, one over the reading keys, which whoever opens checks, because
 * GCM does not commit to its key (design 2.1).
 */
public final class ReadingLeaves {
  private ReadingLeaves() {}

  public static Digest ofCiphertext(TreeHash hash, Bytes ciphertext) {
    return hash.leaf(ciphertext);
  }

  /** With a label, so that the hash of a key is that of nothing else. */
  public static Digest ofKey(TreeHash hash, Bytes readingKey) {
    return hash.leaf(Label.READING_KEY.bytes(), readingKey);
  }
}
