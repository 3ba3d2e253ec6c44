package dev.telltale.agent.receipt;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Manifest.BoundCheckpoint;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.SignedNote;

/**
 * A checkpoint the device has verified, with its note in the form that is kept and hashed: the
 * lines of the keys in the ticket, in its order.
 */
public record HeldCheckpoint(Bytes note, Checkpoint checkpoint) {
  /** Reads a note that was verified before it was stored; its signatures are not checked again. */
  public static HeldCheckpoint stored(Bytes note) throws MalformedException {
    return new HeldCheckpoint(note, Checkpoint.parse(SignedNote.parse(note).text()));
  }

  public long size() {
    return checkpoint.size();
  }

  public Digest root() {
    return checkpoint.root();
  }

  /** How a manifest names it. */
  public BoundCheckpoint bound() {
    return new BoundCheckpoint(
        Sha256.of(Bytes.utf8(checkpoint.origin())), size(), root(), Sha256.of(note));
  }
}
