package dev.telltale.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.platform.durable.DirectoryDisk;
import dev.telltale.platform.durable.DurableFile;
import dev.telltale.platform.durable.FaultyDisk;
import dev.telltale.platform.durable.SegmentLog;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.ConsistencyProof;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tlog.InclusionProof;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private final FaultyDisk disk = new FaultyDisk();

  @Test
  void batchLeadsToASignedCheckpoint() throws Exception {
    Ledger ledger = SmallLedger.open(disk);
    assertEquals(0, ledger.size());

    Committed first = ledger.append(SmallLedger.entries(0, 3));
    Committed second = ledger.append(SmallLedger.entries(3, 5));

    assertEquals(0, first.first());
    assertEquals(3, second.first());
    Checkpoint checkpoint = SignedNote.open(second.note(), SmallLedger.key());
    assertEquals(second.checkpoint(), checkpoint);
    assertEquals(5, checkpoint.size());
    assertEquals(SmallLedger.key().name(), checkpoint.origin());
    assertEquals(ledger.checkpointNote(), second.note());
  }

  @Test
  void everyEntryIsProvenAtEverySizeAndEverySizeInEveryLater() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    for (int i = 0; i < 20; i++) {
      ledger.append(SmallLedger.entries(i, i + 1));
    }

    for (int size = 1; size <= 20; size++) {
      Digest root = ledger.rootAt(size).orElseThrow();
      for (int index = 0; index < size; index++) {
        InclusionProof proof = new InclusionProof(index, size, ledger.inclusion(index, size));
        Digest leaf = MerkleHash.SHA256.leaf(SmallLedger.entry(index).leaf());
        assertTrue(proof.leadsTo(MerkleHash.SHA256, leaf, root));
      }
      for (int from = 1; from <= size; from++) {
        ConsistencyProof proof = new ConsistencyProof(from, size, ledger.consistency(from, size));
        Digest old = ledger.rootAt(from).orElseThrow();
        assertTrue(proof.connects(MerkleHash.SHA256, old, root));
      }
    }
  }

  @Test
  void nothingIsSaidAboutWhatTheLogHasNotReached() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    ledger.append(SmallLedger.entries(0, 2));

    assertEquals(Optional.empty(), ledger.rootAt(3));
    assertEquals(Optional.empty(), ledger.rootAt(-1));
    assertThrows(IllegalArgumentException.class, () -> ledger.inclusion(0, 3));
    assertThrows(IllegalArgumentException.class, () -> ledger.inclusion(2, 2));
    assertThrows(IllegalArgumentException.class, () -> ledger.consistency(1, 3));
    assertThrows(IllegalArgumentException.class, () -> ledger.read(2));
    assertThrows(IllegalArgumentException.class, () -> ledger.replay(3, (i, e) -> true));
  }

  @Test
  void reopenedLedgerGoesOnWithTheSameRoots() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    List<Digest> roots = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      roots.add(ledger.append(SmallLedger.entries(2 * i, 2 * i + 2)).checkpoint().root());
    }
    Bytes note = ledger.checkpointNote();
    ledger.close();

    Ledger again = SmallLedger.open(disk);

    assertEquals(note, again.checkpointNote());
    for (int i = 0; i < 30; i++) {
      assertEquals(roots.get(i), again.rootAt(2 * i + 2).orElseThrow());
    }
    assertEquals(SmallLedger.entry(41), again.read(41));
    assertEquals(60, again.append(SmallLedger.entries(60, 61)).first());
    assertTrue(disk.list().size() > 3);
  }

  @Test
  void replayShowsEntriesInOrderUntilTheVisitorHasEnough() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    for (int i = 0; i < 10; i++) {
      ledger.append(SmallLedger.entries(5 * i, 5 * i + 5));
    }
    List<Long> indexes = new ArrayList<>();

    ledger.replay(
        17,
        (index, entry) -> {
          assertEquals(SmallLedger.entry((int) index), entry);
          indexes.add(index);
          return index < 40;
        });

    assertEquals(24, indexes.size());
    assertEquals(40, indexes.getLast());
    ledger.replay(50, (index, entry) -> assertUnreachable());
  }

  private static boolean assertUnreachable() {
    throw new AssertionError("there is no such entry");
  }

  @Test
  void emptyBatchIsRefused() throws IOException {
    Ledger ledger = SmallLedger.open(disk);

    assertThrows(IllegalArgumentException.class, () -> ledger.append(List.of()));
    assertEquals(0, ledger.append(SmallLedger.entries(0, 1)).first());
  }

  @Test
  void journalOfAnotherLogIsRefused() throws IOException {
    SmallLedger.open(disk).append(SmallLedger.entries(0, 1));
    Ledger.Setup other =
        new Ledger.Setup(
            Ed25519NoteSigner.fromSeed("telltale.example/other", new byte[32]),
            () -> SmallLedger.TIME,
            new Random(1));

    assertThrows(LedgerException.class, () -> Ledger.open(disk, other, SmallLedger.SEGMENT));
  }

  @Test
  void journalThatDoesNotLeadToItsRootIsRefused() throws IOException {
    SmallLedger.open(disk).append(SmallLedger.entries(0, 1));
    Digest wrong = Digest.of(new byte[32]);
    appendRaw(new Records.Closing(2, wrong, 1));

    assertThrows(LedgerException.class, () -> SmallLedger.open(disk));
  }

  @Test
  void journalWithAnotherNumberOfEntriesIsRefused() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    ledger.append(SmallLedger.entries(0, 1));
    Digest root = ledger.checkpoint().root();
    appendRaw(new Records.Closing(1, root, 1));

    assertThrows(LedgerException.class, () -> SmallLedger.open(disk));
  }

  private void appendRaw(Records.Closing closing) throws IOException {
    SegmentLog log =
        SegmentLog.open(
            disk,
            new SegmentLog.Settings(SegmentLog.Mode.BATCHES, SmallLedger.SEGMENT, 1 << 20),
            new Random(1));
    log.append(Records.encode(SmallLedger.entry(1)));
    log.appendClosing(closing.encode());
    log.sync();
  }

  @Test
  void damagedJournalIsRefused() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    ledger.append(SmallLedger.entries(0, 4));
    ledger.close();
    String segment = disk.list().getFirst();
    byte[] content = disk.content(segment);
    content[content.length / 2] ^= 1;
    disk.corrupt(segment, content);

    assertThrows(LedgerException.class, () -> SmallLedger.open(disk));
  }

  @Test
  void journalWithoutItsBeginningIsRefused() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    for (int i = 0; i < 30; i++) {
      ledger.append(SmallLedger.entries(i, i + 1));
    }
    ledger.close();
    disk.delete(disk.list().getFirst());

    assertThrows(LedgerException.class, () -> SmallLedger.open(disk));
  }

  @Test
  void restoredBackupIsRefusedOnceALaterCheckpointWasKept() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    ledger.append(SmallLedger.entries(0, 1));
    String segment = disk.list().getFirst();
    byte[] backup = disk.content(segment);
    ledger.append(SmallLedger.entries(1, 2));
    ledger.keepCheckpoint();
    ledger.close();
    disk.corrupt(segment, backup);

    assertThrows(LedgerException.class, () -> SmallLedger.open(disk));
  }

  @Test
  void journalThatContradictsAKeptCheckpointIsRefused() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    ledger.append(SmallLedger.entries(0, 2));
    Checkpoint forked =
        new Checkpoint(SmallLedger.key().name(), 1, MerkleHash.SHA256.leaf(Bytes.utf8("fork")));
    keep(SignedNote.sign(forked.text(), List.of(SmallLedger.SIGNER)).encode());

    assertThrows(LedgerException.class, () -> SmallLedger.open(disk));
  }

  @Test
  void keptCheckpointOfNobodyIsRefused() throws IOException {
    SmallLedger.open(disk).append(SmallLedger.entries(0, 2));
    keep(Bytes.utf8("no note"));

    assertThrows(LedgerException.class, () -> SmallLedger.open(disk));
  }

  private void keep(Bytes note) throws IOException {
    new DurableFile(disk, Ledger.CHECKPOINT, 10_000).replace(note.toArray());
  }

  @Test
  void failedForceEndsTheLedgerAndReopeningDecides() throws IOException {
    Ledger ledger = SmallLedger.open(disk);
    Committed before = ledger.append(SmallLedger.entries(0, 2));
    disk.fail(FaultyDisk.Operation.FORCE, 1);

    assertThrows(IOException.class, () -> ledger.append(SmallLedger.entries(2, 4)));
    assertThrows(IOException.class, () -> ledger.append(SmallLedger.entries(2, 4)));

    assertEquals(before.checkpoint(), ledger.checkpoint());
    assertEquals(before.note(), ledger.checkpointNote());
  }

  @Test
  void timeOfBatchesNeverFalls() throws IOException {
    SmallLedger.open(disk).append(SmallLedger.entries(0, 1));
    Ledger.Setup earlier =
        new Ledger.Setup(
            SmallLedger.SIGNER, () -> SmallLedger.TIME.minusSeconds(60), new Random(1));
    Ledger.open(disk, earlier, SmallLedger.SEGMENT).append(SmallLedger.entries(1, 2));
    List<Long> times = new ArrayList<>();

    Journal.open(disk, SmallLedger.SEGMENT, new Random(1), new Times(times));

    assertEquals(List.of(SmallLedger.TIME.toEpochMilli(), SmallLedger.TIME.toEpochMilli()), times);
  }

  private record Times(List<Long> times) implements Journal.Reader {
    @Override
    public void head(Records.Head head) {}

    @Override
    public void entry(Entry entry) {}

    @Override
    public void closing(Records.Closing closing) {
      times.add(closing.timeMillis());
    }
  }

  @Test
  void directoryHasOneLedger(@TempDir Path temp) throws IOException {
    Path path = temp.resolve("ledger");
    try (Ledger ledger = Ledger.open(path, SmallLedger.setup())) {
      assertThrows(IOException.class, () -> Ledger.open(path, SmallLedger.setup()));
      ledger.append(SmallLedger.entries(0, 1));
    }
    try (Ledger again = Ledger.open(path, SmallLedger.setup())) {
      assertEquals(1, again.size());
    }
  }

  @Test
  void refusedLedgerIsGivenUp(@TempDir Path temp) throws IOException {
    try (DirectoryDisk real = DirectoryDisk.own(temp)) {
      new DurableFile(real, Ledger.CHECKPOINT, 100).replace(new byte[] {1});
    }

    assertThrows(LedgerException.class, () -> Ledger.open(temp, SmallLedger.setup()));

    DirectoryDisk.own(temp).close();
  }

  @Test
  void readersSeeWholeBatchesWhileOneThreadAppends() throws Exception {
    Ledger ledger = SmallLedger.open(disk);
    ledger.append(SmallLedger.entries(0, 3));
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 1; i < 300; i++) {
                try {
                  ledger.append(SmallLedger.entries(3 * i, 3 * i + 3));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }
            });
    while (writer.isAlive()) {
      Checkpoint now = ledger.checkpoint();
      long last = now.size() - 1;
      assertEquals(0, now.size() % 3);
      InclusionProof proof =
          new InclusionProof(last, now.size(), ledger.inclusion(last, now.size()));
      Digest leaf = MerkleHash.SHA256.leaf(ledger.read(last).leaf());
      assertTrue(proof.leadsTo(MerkleHash.SHA256, leaf, now.root()));
    }
    writer.join();
    assertEquals(900, ledger.size());
  }
}
