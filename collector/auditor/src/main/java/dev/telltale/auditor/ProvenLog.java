package dev.telltale.auditor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Place;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.InclusionProof;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.SignedNote;

/** The trusted log key has signed this checkpoint; every path of the bundle must lead to it. */
record ProvenLog(Checkpoint checkpoint, String trustedBy) implements Proven {
  static ProvenLog check(Bytes note, Trust trust) throws MalformedException {
    return new ProvenLog(SignedNote.open(note, trust.file().log()), trust.name());
  }

  /** The leaf is computed by the caller from what it commits to, never taken from the bundle. */
  void requireContains(Leaf leaf, Place place, String what) throws FailedCheck {
    InclusionProof proof = new InclusionProof(place.index(), checkpoint.size(), place.path());
    FailedCheck.unless(
        proof.leadsTo(MerkleHash.SHA256, leaf.hash(), checkpoint.root()),
        Check.RECEIPT_INCLUSION,
        "%s is not leaf %s of this log".formatted(what, Words.number(place.index())));
  }

  @Override
  public String sentence() {
    return "%s at %s; key from %s"
        .formatted(checkpoint.origin(), Words.number(checkpoint.size()), trustedBy);
  }
}
