package dev.telltale.agent.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.receipt.TestLog;
import dev.telltale.agent.receipt.VerifiedChallenge;
import dev.telltale.agent.receipt.VerifiedReceipt;
import dev.telltale.platform.durable.DirectoryDisk;
import dev.telltale.platform.durable.FaultyDisk;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private final Life life = new Life();
  private final FaultyDisk disk = new FaultyDisk();

  @Test
  void firstManifestNamesTheEnrolmentResultAndTheNextOneTheFirst() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    Life.add(outbox, 50, 1);
    ClosedEnvelope first = Life.closeOldest(outbox);
    Life.add(outbox, 50, 2);
    ClosedEnvelope second = Life.closeOldest(outbox);

    assertEquals(Life.RESULT, first.manifest().previous());
    assertEquals(1, first.sequence());
    assertEquals(TestLog.SUITE.hash(first.encoded()), second.manifest().previous());
    assertEquals(2, second.sequence());
    assertEquals(2, second.manifest().firstReading());
    assertEquals(Optional.of(Life.RESULT), outbox.manifestHash(0));
    assertEquals(Optional.of(second.manifest().previous()), outbox.manifestHash(1));
    assertEquals(Optional.of(TestLog.SUITE.hash(second.encoded())), outbox.manifestHash(2));
    assertEquals(Optional.<Digest>empty(), outbox.manifestHash(3));
  }

  @Test
  void messageHoldsExactlyTheReadingsOfItsManifest() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    Life.add(outbox, 50, 1);
    Life.add(outbox, 51, 2);
    OpenBatch batch = outbox.oldestBatch().orElseThrow();
    Life.add(outbox, 52, 3);
    Life.close(outbox, batch);
    Life.closeOldest(outbox);

    List<ClosedEnvelope> all = outbox.unreleased(1, 10);
    Envelope first = outbox.message(all.get(0));
    Envelope second = outbox.message(all.get(1));

    assertEquals(
        List.of(Life.reading(1, 50, 1).ciphertext(), Life.reading(2, 51, 2).ciphertext()),
        first.ciphertexts());
    assertEquals(List.of(Life.reading(3, 52, 3).ciphertext()), second.ciphertexts());
    assertEquals(Life.key(1).ekey(), first.ekey());
    assertEquals(all.get(0).encoded(), first.manifest());
    assertEquals(List.of(2L), outbox.unreleased(2, 10).stream().map(e -> e.sequence()).toList());
  }

  @Test
  void envelopeHoldsReadingsOfOneKeyOnly() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    Life.add(outbox, 50, 1);
    outbox.key(Life.key(2));
    Life.add(outbox, 50, 2);

    ClosedEnvelope first = Life.closeOldest(outbox);
    ClosedEnvelope second = Life.closeOldest(outbox);

    assertEquals(1, first.manifest().count());
    assertEquals(Life.key(1).ekey(), first.ekey());
    assertEquals(Life.key(2).ekey(), second.ekey());
    assertEquals(Optional.<OpenBatch>empty(), outbox.oldestBatch());
  }

  @Test
  void envelopeHoldsSoManyReadingsAndBytesAtMost() throws IOException {
    Outbox outbox = life.open(disk, 16 << 20);
    outbox.key(Life.key(1));
    for (int i = 0; i < Limits.READINGS_PER_ENVELOPE + 1; i++) {
      Life.add(outbox, 20, 1);
    }
    assertTrue(outbox.oldestUnclosed().orElseThrow().full());
    assertEquals(Limits.READINGS_PER_ENVELOPE, Life.closeOldest(outbox).manifest().count());
    assertEquals(1, Life.closeOldest(outbox).manifest().count());

    for (int i = 0; i < 33; i++) {
      Life.add(outbox, 16 * 1024, 1);
    }
    assertEquals(32, Life.closeOldest(outbox).manifest().count());
  }

  @Test
  void readingsOfAnEarlierStartAreClosedWithoutTheirSecret() throws IOException {
    Outbox before = life.open(disk);
    before.key(Life.key(1));
    Life.add(before, 50, 1);
    before.close();

    Outbox after = life.open(disk);
    assertTrue(after.oldestUnclosed().orElseThrow().full());
    after.key(Life.key(2));
    Life.add(after, 50, 2);

    assertEquals(Life.key(1), after.oldestBatch().orElseThrow().key());
    assertEquals(1, Life.closeOldest(after).manifest().count());
    assertEquals(Life.key(2), after.oldestBatch().orElseThrow().key());
    after.close();
    assertEquals(2, life.open(disk).oldestUnclosed().orElseThrow().firstReading());
  }

  @Test
  void onlyAReceiptForTheOldestEnvelopeAgainstTheNewestCheckpointReleases() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    Life.add(outbox, 50, 1);
    Life.closeOldest(outbox);
    VerifiedReceipt early = life.receipt(outbox);
    VerifiedChallenge challenge = life.challenge(outbox, 1);
    assertTrue(outbox.accept(challenge));

    assertFalse(outbox.release(early));
    assertFalse(outbox.accept(challenge));
    assertEquals(1, outbox.unreleased(1, 10).size());

    VerifiedReceipt receipt = life.receipt(outbox);
    assertTrue(outbox.release(receipt));
    assertEquals(receipt.advance().to(), outbox.checkpoint());
    assertEquals(List.of(), outbox.unreleased(1, 10));
    assertFalse(outbox.release(receipt));
  }

  @Test
  void receiptForAnotherManifestOfTheSameNumberReleasesNothing() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    Life.add(outbox, 50, 1);
    Life.closeOldest(outbox);
    Outbox twin = life.open(new FaultyDisk());
    twin.key(Life.key(1));
    Life.add(twin, 50, 2);
    Life.closeOldest(twin);

    assertFalse(outbox.release(life.receipt(twin)));
    assertTrue(outbox.release(life.receipt(outbox)));
  }

  @Test
  void challengeThatIsNotNewerIsNotAccepted() throws IOException {
    Outbox outbox = life.open(disk);
    VerifiedChallenge challenge = life.challenge(outbox, 0);

    assertTrue(outbox.accept(challenge));
    assertEquals(challenge.advance().from(), outbox.checkpoint());
    assertFalse(outbox.accept(challenge));
  }

  @Test
  void nextManifestBindsTheNewestChallengeAndCheckpoint() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    assertTrue(outbox.accept(life.challenge(outbox, 1)));

    ClosedEnvelope envelope = Life.close(outbox, outbox.emptyBatch().orElseThrow());

    assertEquals(TestLog.NOON + 1, envelope.manifest().challenge().issued());
    assertEquals(life.log.size(), envelope.manifest().checkpoint().size());
    assertEquals(0, envelope.manifest().count());
    assertEquals(1, envelope.manifest().firstReading());
    assertEquals(List.of(), outbox.message(envelope).ciphertexts());
  }

  @Test
  void emptyEnvelopeIsClosedAfterReadingsCameInBetween() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    OpenBatch empty = outbox.emptyBatch().orElseThrow();
    Life.add(outbox, 50, 1);
    assertEquals(Optional.<OpenBatch>empty(), outbox.emptyBatch());
    outbox.key(Life.key(2));

    ClosedEnvelope first = Life.close(outbox, empty);
    assertEquals(Life.key(1).ekey(), outbox.message(first).ekey());
    assertEquals(1, Life.closeOldest(outbox).manifest().firstReading());
    assertEquals(2, life.open(disk).unreleased(1, 10).size());
  }

  @Test
  void manifestOverSomethingElseIsRefused() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    Life.add(outbox, 50, 1);
    OpenBatch batch = outbox.oldestBatch().orElseThrow();
    Bytes manifest = Life.manifest(batch).encode();
    Life.close(outbox, batch);

    assertThrows(
        IllegalStateException.class, () -> outbox.close(batch, manifest, Life.evidence(1)));
    Life.add(outbox, 50, 1);
    OpenBatch next = outbox.oldestBatch().orElseThrow();
    assertThrows(
        IllegalArgumentException.class, () -> outbox.close(next, manifest, Life.evidence(1)));
  }

  @Test
  void fullOutboxTurnsReadingsAwayAndTheNextManifestSaysSo() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    long stored = fill(outbox);
    for (int i = 0; i < 99; i++) {
      assertThrows(OutboxFullException.class, () -> Life.add(outbox, 5_000, 1));
    }
    assertEquals(100, outbox.state().notStored());
    outbox.close();

    Outbox after = life.open(disk);
    assertEquals(100, after.state().notStored());
    assertEquals(stored + 101, after.nextReading());
    while (after.oldestBatch().isPresent()) {
      assertEquals(Optional.empty(), Life.closeOldest(after).manifest().reason());
    }
    while (!after.unreleased(1, 1).isEmpty()) {
      assertTrue(after.release(life.receipt(after)));
    }
    after.key(Life.key(2));
    assertEquals(stored + 101, Life.add(after, 5_000, 1));
    ClosedEnvelope envelope = Life.closeOldest(after);
    assertEquals(Optional.of(Reason.NOT_STORED), envelope.manifest().reason());
    assertEquals(stored + 101, envelope.manifest().firstReading());
    assertTrue(after.state().space().used() < Room.LEAST);
  }

  /** Until one is turned away; returns the last number stored. */
  private static long fill(Outbox outbox) throws IOException {
    long last = 0;
    try {
      while (true) {
        last = Life.add(outbox, 5_000, 1);
      }
    } catch (OutboxFullException e) {
      return last;
    }
  }

  @Test
  void skippedNumberIsUsedUp() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    outbox.skip();
    assertEquals(2, Life.add(outbox, 50, 1));
    outbox.sync();
    assertEquals(Optional.of(Reason.NOT_STORED), Life.closeOldest(outbox).manifest().reason());
    assertEquals(1, life.open(disk).state().notStored());
  }

  @Test
  void envelopeEndsBeforeANumberThatIsUsedUp() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    Life.add(outbox, 50, 1);
    outbox.skip();
    Life.add(outbox, 50, 1);

    assertEquals(1, Life.closeOldest(outbox).manifest().count());
    assertEquals(3, Life.closeOldest(outbox).manifest().firstReading());
  }

  @Test
  void fullOutboxKeepsRoomForReleases() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    fill(outbox);
    int accepted = 0;
    while (outbox.accept(life.challenge(outbox, 0))) {
      accepted++;
      assertTrue(accepted < 300, "challenges without end");
    }
    assertThrows(OutboxFullException.class, outbox::emptyBatch);

    while (outbox.oldestBatch().isPresent()) {
      Life.closeOldest(outbox);
    }
    assertTrue(outbox.release(life.receipt(outbox)));
    assertTrue(outbox.state().space().used() <= Room.LEAST);
  }

  @Test
  void noStartGivesANumberBelowThatOfAnEmptyEnvelope() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    outbox.skip();
    outbox.skip();
    ClosedEnvelope empty = Life.close(outbox, outbox.emptyBatch().orElseThrow());
    assertEquals(3, empty.manifest().firstReading());

    for (FaultyDisk cut : disk.powerCuts(5, 1)) {
      assertEquals(3, life.open(cut).nextReading());
    }
  }

  @Test
  void spaceOfReleasedEnvelopesIsTakenBackAndTheRestDelivered() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    for (int i = 0; i < 400; i++) {
      Life.add(outbox, 5_000, i);
      Life.closeOldest(outbox);
      if (i >= 20) {
        assertTrue(outbox.release(life.receipt(outbox)));
      }
    }
    assertTrue(outbox.state().space().used() < 300_000, "used " + outbox.state().space());
    assertEquals(20, outbox.state().waiting().envelopes());

    Outbox after = life.open(disk);
    List<ClosedEnvelope> all = new ArrayList<>();
    for (long from = 1; all.size() < 20; from = all.getLast().sequence() + 1) {
      all.addAll(after.unreleased(from, 3));
    }
    assertEquals(20, all.size());
    for (ClosedEnvelope envelope : all) {
      int content = (int) (envelope.sequence() - 1);
      assertEquals(
          List.of(Life.reading(envelope.sequence(), 5_000, content).ciphertext()),
          after.message(envelope).ciphertexts());
    }
    assertEquals(390, after.unreleased(390, 1).getFirst().sequence());
    assertEquals(
        Optional.of(after.unreleased(390, 1).getFirst().manifest().previous()),
        after.manifestHash(389));
  }

  @Test
  void openingReadsTheLastSegmentOnly() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    for (int i = 0; i < 40; i++) {
      Life.add(outbox, 5_000, i);
    }
    outbox.close();
    List<String> segments = disk.list();
    assertTrue(segments.size() > 2);
    for (String name : segments.subList(0, segments.size() - 1)) {
      disk.corrupt(name, new byte[disk.content(name).length]);
    }

    assertEquals(41, life.open(disk).nextReading());
    assertEquals(40, life.open(disk).state().unclosedReadings());
  }

  @Test
  void envelopeInADamagedSegmentIsNotSentAsSomethingElse() throws IOException {
    Outbox outbox = life.open(disk);
    outbox.key(Life.key(1));
    for (int i = 0; i < 40; i++) {
      Life.add(outbox, 5_000, i);
      Life.closeOldest(outbox);
    }
    outbox.close();
    String first = disk.list().getFirst();
    byte[] content = disk.content(first);
    content[content.length / 2] ^= 1;
    disk.corrupt(first, content);

    Outbox after = life.open(disk);
    assertThrows(IOException.class, () -> after.unreleased(1, 20));
    assertEquals(40, after.unreleased(40, 1).getFirst().sequence());
  }

  @Test
  void journalOfAnotherEnrolmentIsNotOpened() throws IOException {
    life.open(disk).close();
    Beginning other =
        new Beginning(
            new Digest(Life.fill(10, 32)),
            1,
            life.beginning.checkpoint(),
            life.beginning.challenge());

    assertThrows(
        IOException.class,
        () -> Outbox.open(disk, Room.LEAST, TestLog.SUITE, other, new java.util.Random(1)));
  }

  @Test
  void secondAgentOnTheSameDirectoryIsRefused(@TempDir Path directory) throws IOException {
    try (DirectoryDisk first = DirectoryDisk.own(directory);
        Outbox outbox = life.open(first)) {
      outbox.key(Life.key(1));
      assertThrows(IOException.class, () -> DirectoryDisk.own(directory));
    }
  }
}
