package dev.telltale.agent.receipt;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.ConsistencyProof;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tlog.VerifierKey;
import java.util.List;
import java.util.stream.Stream;

/**
 * The note keys of the ticket: the log's, and further ones in their order. With them the device
 * follows the log, from each checkpoint to a later one of the same history.
 */
public record LogKeys(VerifierKey log, List<VerifierKey> further) {
  public LogKeys {
    further = List.copyOf(further);
  }

  /** The checkpoint in a note the log has signed, in the form that is kept. */
  public HeldCheckpoint open(Bytes note) throws MalformedException {
    SignedNote signed = SignedNote.parse(note);
    Checkpoint checkpoint = signed.checkpoint(log, further);
    List<VerifierKey> inOrder = Stream.concat(Stream.of(log), further.stream()).toList();
    return new HeldCheckpoint(signed.reducedTo(inOrder).encode(), checkpoint);
  }

  /**
   * The checkpoint to hold from now on, if this note extends the newest one held. Refuses with
   * {@code receipt.note}, {@code receipt.stale}, {@code receipt.fork}, {@code receipt.from} or
   * {@code receipt.consistency}.
   */
  HeldCheckpoint follow(Bytes note, long from, List<Digest> path, HeldCheckpoint newest)
      throws MalformedException {
    HeldCheckpoint next = signedByLog(note);
    if (next.size() < newest.size()) {
      throw refusal(Check.RECEIPT_STALE, next.size() + " after " + newest.size());
    }
    if (next.size() == newest.size() && !next.root().equals(newest.root())) {
      throw refusal(Check.RECEIPT_FORK, "two roots at size " + next.size());
    }
    if (from != newest.size()) {
      throw refusal(Check.RECEIPT_FROM, "from " + from + ", held is " + newest.size());
    }
    ConsistencyProof proof = new ConsistencyProof(from, next.size(), path);
    if (!proof.connects(MerkleHash.SHA256, newest.root(), next.root())) {
      throw refusal(Check.RECEIPT_CONSISTENCY, "from " + from + " to " + next.size());
    }
    return next.size() == newest.size() ? newest : next;
  }

  private HeldCheckpoint signedByLog(Bytes note) throws MalformedException {
    try {
      return open(note);
    } catch (MalformedException e) {
      throw refusal(Check.RECEIPT_NOTE, e.check().text() + ": " + e.getMessage());
    }
  }

  private static MalformedException refusal(Check check, String detail) {
    return new MalformedException(check, 0, detail);
  }
}
