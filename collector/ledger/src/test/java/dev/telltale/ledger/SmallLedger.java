package dev.telltale.ledger;

import dev.telltale.platform.durable.DirectoryDisk;
import dev.telltale.platform.durable.Disk;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tlog.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Ledgers with small segments, one key, and entries that are told apart by their number. */
public final class SmallLedger {
  static final Ed25519NoteSigner SIGNER =
      Ed25519NoteSigner.fromSeed("telltale.example/small", new byte[32]);
  static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");
  static final int SEGMENT = 600;

  private SmallLedger() {}

  public static VerifierKey key() {
    return SIGNER.key();
  }

  /** A note of the log, whatever it says. */
  public static Bytes note(long size, Digest root) {
    Checkpoint checkpoint = new Checkpoint(key().name(), size, root);
    return SignedNote.sign(checkpoint.text(), List.of(SIGNER)).encode();
  }

  static Ledger.Setup setup() {
    return new Ledger.Setup(SIGNER, () -> TIME, new Random(5));
  }

  static Ledger open(Disk disk) throws IOException {
    return Ledger.open(disk, setup(), SEGMENT);
  }

  static Entry entry(int number) {
    return new Entry(
        Bytes.utf8("leaf " + number), Bytes.utf8("attachment " + "x".repeat(number % 7)));
  }

  /** Entries from one number to before another. */
  static List<Entry> entries(int from, int to) {
    return IntStream.range(from, to).mapToObj(SmallLedger::entry).toList();
  }

  /** Two segments, nine entries in three batches, a kept checkpoint. */
  public static void write(Path directory) throws IOException {
    try (Ledger ledger = Ledger.open(DirectoryDisk.own(directory), setup(), 400)) {
      ledger.append(entries(0, 1));
      ledger.append(entries(1, 7));
      ledger.append(entries(7, 9));
      ledger.keepCheckpoint();
    }
  }
}
