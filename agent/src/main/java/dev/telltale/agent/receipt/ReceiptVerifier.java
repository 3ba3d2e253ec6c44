package dev.telltale.agent.receipt;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tlog.InclusionProof;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.MerkleHash;

/**
 * Decides whether a receipt proves what it must prove. It carries no signature but the note's, and
 * needs none: the leaf is computed from the bytes the device itself has kept.
 */
public final class ReceiptVerifier {
  private final Suite suite;
  private final LogKeys keys;

  public ReceiptVerifier(Suite suite, LogKeys keys) {
    this.suite = suite;
    this.keys = keys;
  }

  /**
   * For an envelope of the device.
   *
   * @param manifest the device's own bytes
   * @param attest the device's own bytes
   * @param newest the newest checkpoint the device has verified
   */
  public ReceiptOutcome verify(
      Receipt receipt, Bytes manifest, Bytes attest, HeldCheckpoint newest) {
    try {
      Manifest own = Manifest.decode(manifest);
      if (receipt.sequence() != own.sequence()) {
        throw refusal(Check.RECEIPT_LEAF, "for envelope " + receipt.sequence());
      }
      Verdict verdict = verdict(receipt, own);
      Digest hash = suite.hash(manifest);
      Leaf leaf = Leaf.envelope(receipt.salt(), hash, suite.hash(attest), receipt.verdict());
      HeldCheckpoint next = included(receipt, leaf, newest);
      return new VerifiedReceipt(own.sequence(), hash, verdict, new Advance(newest, next));
    } catch (MalformedException e) {
      return new NotReceipt(e.check(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * For the enrolment of the device.
   *
   * @param enrolled hash of the facts
   * @param messages hash of the three messages that led to it
   * @param newest the checkpoint of the ticket
   */
  public EnrolmentOutcome verifyEnrolment(
      Receipt receipt, Digest enrolled, Digest messages, HeldCheckpoint newest) {
    try {
      if (receipt.sequence() != 0) {
        throw refusal(Check.RECEIPT_LEAF, "for an envelope, not for an enrolment");
      }
      Leaf leaf = Leaf.enrolment(receipt.salt(), enrolled, messages);
      return new VerifiedEnrolment(receipt.leaf(), included(receipt, leaf, newest));
    } catch (MalformedException e) {
      return new NotReceipt(e.check(), String.valueOf(e.getMessage()));
    }
  }

  /** Readings sealed before this boot are never affirmed: the disk was in other hands. */
  private static Verdict verdict(Receipt receipt, Manifest own) throws MalformedException {
    Verdict verdict = Verdict.decode(receipt.verdict());
    if (verdict.tier() == Tier.AFFIRMING && own.boot().sealedBeforeThisBoot()) {
      throw refusal(Check.RECEIPT_VERDICT, "affirms what was sealed before this boot");
    }
    return verdict;
  }

  private HeldCheckpoint included(Receipt receipt, Leaf leaf, HeldCheckpoint newest)
      throws MalformedException {
    HeldCheckpoint next =
        keys.follow(receipt.note(), receipt.from(), receipt.consistency(), newest);
    InclusionProof proof = new InclusionProof(receipt.leaf(), next.size(), receipt.inclusion());
    if (!proof.leadsTo(MerkleHash.SHA256, leaf.hash(), next.root())) {
      throw refusal(Check.RECEIPT_INCLUSION, "leaf " + receipt.leaf() + " at size " + next.size());
    }
    return next;
  }

  private static MalformedException refusal(Check check, String detail) {
    return new MalformedException(check, 0, detail);
  }
}
