package dev.telltale.ledger.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.ledger.SmallLedger;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tlog.VerifierKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsckTest {
  @TempDir private Path directory;

  @BeforeEach
  void writeLedger() throws IOException {
    SmallLedger.write(directory);
  }

  private Report run() throws IOException {
    return Fsck.run(directory, Optional.of(SmallLedger.key()));
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }

  @Test
  void journalAsWrittenIsSound() throws IOException {
    Report report = run();

    assertEquals(List.of(), report.findings());
    assertEquals(2, report.segments());
    assertEquals(9, report.size());
    assertEquals(Optional.of(9L), report.checkpoint());
  }

  @Test
  void flippedBitsOfEveryByteAreNoticed() throws IOException {
    for (Path segment : segments()) {
      flippedBitsAreNoticed(segment, 3, Optional.empty());
    }
  }

  @Test
  void flippedBitsOfTheCheckpointAreNoticed() throws IOException {
    flippedBitsAreNoticed(directory.resolve("checkpoint"), 5, Optional.of(SmallLedger.key()));
  }

  private void flippedBitsAreNoticed(Path file, int step, Optional<VerifierKey> key)
      throws IOException {
    long length = Files.size(file);
    for (long bit = 0; bit < length * 8; bit += step) {
      flip(file, bit);

      Report report = Fsck.run(directory, key);

      assertFalse(report.findings().isEmpty(), file.getFileName() + ", bit " + bit);
      boolean lastMark = file.equals(segments().getLast()) && bit / 8 >= length - 8;
      assertEquals(lastMark, report.sound(), file.getFileName() + ", bit " + bit);
      flip(file, bit);
    }
    assertTrue(run().sound());
  }

  /** In place: replacing the file each time would wait for the disk. */
  private static void flip(Path file, long bit) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(bit / 8);
      int found = access.read();
      access.seek(bit / 8);
      access.write(found ^ (1 << (bit % 8)));
    }
  }

  @Test
  void everyLengthShorterThanTheLastSegmentIsNoticed() throws IOException {
    Path last = segments().getLast();
    byte[] intact = Files.readAllBytes(last);
    for (int length = 0; length < intact.length; length++) {
      Files.write(last, Arrays.copyOf(intact, length));

      boolean onlyTheMark = length >= intact.length - 8;
      assertEquals(onlyTheMark, run().sound(), "length " + length);
    }
  }

  @Test
  void tornEndIsNotedAndNoFault() throws IOException {
    Path last = segments().getLast();
    Files.write(last, new byte[50], StandardOpenOption.APPEND);

    Report report = run();

    assertTrue(report.sound());
    assertEquals(1, report.findings().size());
    assertTrue(report.findings().getFirst().toString().startsWith("note   "));
    assertEquals(9, report.size());
  }

  @Test
  void missingSegmentIsAFault() throws IOException {
    Files.delete(segments().getFirst());

    assertFalse(run().sound());
  }

  @Test
  void segmentUnderTheNameOfAnotherIsAFault() throws IOException {
    Files.write(segments().getLast(), Files.readAllBytes(segments().getFirst()));

    assertFalse(run().sound());
  }

  @Test
  void journalOfAnotherKeyIsAFault() throws IOException {
    byte[] seed = new byte[32];
    seed[0] = 1;
    Ed25519NoteSigner stranger = Ed25519NoteSigner.fromSeed(SmallLedger.key().name(), seed);

    assertFalse(Fsck.run(directory, Optional.of(stranger.key())).sound());
    assertTrue(Fsck.run(directory, Optional.empty()).sound());
  }

  @Test
  void entryIsCheckedByItsMeaningToo() throws IOException {
    Report report =
        Fsck.run(
            directory,
            Optional.empty(),
            (index, leaf, attachment) ->
                index == 5 ? Optional.of("does not open " + leaf) : Optional.empty());

    assertEquals(1, report.findings().size());
    assertTrue(report.findings().getFirst().detail().startsWith("entry 5: does not open "));
  }

  @Test
  void signedCheckpointWithAnotherRootIsAFaultAtAnySize() throws IOException {
    Digest wrong = Digest.of(new byte[Digest.LENGTH]);
    for (int size = 0; size <= 10; size++) {
      Files.write(directory.resolve("checkpoint"), SmallLedger.note(size, wrong).toArray());

      Report report = run();

      assertFalse(report.sound(), "size " + size);
      assertEquals(Optional.empty(), report.checkpoint());
    }
  }

  @Test
  void missingCheckpointIsNoted() throws IOException {
    Files.delete(directory.resolve("checkpoint"));

    Report report = run();

    assertTrue(report.sound());
    assertEquals(Optional.empty(), report.checkpoint());
    assertEquals(1, report.findings().size());
  }

  @Test
  void emptyDirectoryIsNoJournal(@TempDir Path empty) throws IOException {
    assertFalse(Fsck.run(empty, Optional.empty()).sound());
  }

  @Test
  void findingIsOneLineWithPlaceAndCause() throws IOException {
    Path first = segments().getFirst();
    byte[] content = Files.readAllBytes(first);
    content[content.length / 2] ^= 1;
    Files.write(first, content);

    String line = run().findings().getFirst().toString();

    assertTrue(
        line.matches("FAULT  [0-9]{19}\\.seg, byte [0-9]+: a record that had been durable is .*"),
        line);
  }
}
