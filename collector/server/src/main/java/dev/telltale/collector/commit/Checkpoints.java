package dev.telltale.collector.commit;

import dev.telltale.ledger.Ledger;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.NoteSigner;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.verifier.Contradiction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a checkpoint a device binds is one of this log. Ed25519 is deterministic, so the note of
 * any size can be made again and compared by its hash. For the committer's thread alone.
 */
final class Checkpoints {
  /** Devices bind recent checkpoints; each size costs one signature to make again. */
  private static final int KEPT = 4_096;

  private final Ledger ledger;
  private final NoteSigner signer;
  private final Digest origin;
  private final Map<Long, Digest> notes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Digest> eldest) {
          return size() > KEPT;
        }
      };

  Checkpoints(Ledger ledger, NoteSigner signer) {
    this.ledger = ledger;
    this.signer = signer;
    this.origin = Sha256.of(Bytes.utf8(signer.key().name()));
  }

  Optional<Contradiction> contradiction(Manifest.BoundCheckpoint bound) {
    if (!bound.origin().equals(origin)) {
      return found(Check.CHECKPOINT_ORIGIN, "a checkpoint of another log");
    }
    if (bound.size() < 1 || bound.size() > ledger.size()) {
      return found(Check.CHECKPOINT_UNKNOWN, "size " + bound.size() + " of " + ledger.size());
    }
    if (!ledger.rootAt(bound.size()).equals(Optional.of(bound.root()))) {
      return found(Check.CHECKPOINT_UNKNOWN, "another root at size " + bound.size());
    }
    return notes.computeIfAbsent(bound.size(), this::noteHash).equals(bound.note())
        ? Optional.empty()
        : found(Check.CHECKPOINT_UNKNOWN, "another note at size " + bound.size());
  }

  private Digest noteHash(long size) {
    Checkpoint checkpoint =
        new Checkpoint(signer.key().name(), size, ledger.rootAt(size).orElseThrow());
    return Sha256.of(SignedNote.sign(checkpoint.text(), List.of(signer)).encode());
  }

  private static Optional<Contradiction> found(Check check, String detail) {
    return Optional.of(new Contradiction(check, detail));
  }
}
