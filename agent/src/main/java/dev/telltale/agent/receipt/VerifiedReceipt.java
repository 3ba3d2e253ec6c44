package dev.telltale.agent.receipt;

import dev.telltale.protocol.Digest;
import dev.telltale.protocol.message.Verdict;

/**
 * Proof that one envelope of this device is in the log. Only {@link ReceiptVerifier} makes it, and
 * nothing else opens the release.
 */
public final class VerifiedReceipt implements ReceiptOutcome {
  private final long sequence;
  private final Digest manifest;
  private final Verdict verdict;
  private final Advance advance;

  VerifiedReceipt(long sequence, Digest manifest, Verdict verdict, Advance advance) {
    this.sequence = sequence;
    this.manifest = manifest;
    this.verdict = verdict;
    this.advance = advance;
  }

  public long sequence() {
    return sequence;
  }

  /** Hash of the manifest that is in the log. */
  public Digest manifest() {
    return manifest;
  }

  public Verdict verdict() {
    return verdict;
  }

  /** From the checkpoint it was verified against to the one to hold from now on. */
  public Advance advance() {
    return advance;
  }
}
