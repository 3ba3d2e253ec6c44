package dev.telltale.ledger.fsck;

import dev.telltale.ledger.fsck.Finding.Grade;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tlog.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks a journal from its files alone. */
public final class Fsck {
  private static final String CHECKPOINT = "checkpoint";
  private static final Pattern SEGMENT = Pattern.compile("[0-9]{19}\\.seg");
  private static final Pattern UNFINISHED = Pattern.compile("[0-9]{19}\\.tmp|checkpoint\\.new");

  private final Path directory;
  private final Optional<VerifierKey> key;
  private final EntryCheck entryCheck;
  private final List<Finding> findings = new ArrayList<>();

  private Fsck(Path directory, Optional<VerifierKey> key, EntryCheck entryCheck) {
    this.entryCheck = entryCheck;
    this.directory = directory;
    this.key = key;
  }

  /**
   * Checks frames, batches, roots and sizes, and that the kept checkpoint agrees; its signature,
   * and that the journal is of this log, if the key is given.
   *
   * @throws IOException if the files cannot be read
   */
  public static Report run(Path directory, Optional<VerifierKey> key) throws IOException {
    return run(directory, key, (index, leaf, attachment) -> Optional.empty());
  }

  /** The same, and each entry by its meaning. */
  public static Report run(Path directory, Optional<VerifierKey> key, EntryCheck entryCheck)
      throws IOException {
    return new Fsck(directory, key, entryCheck).run();
  }

  private Report run() throws IOException {
    List<Path> segments = segments();
    Walk walk = new Walk(checkpoint(), key.map(VerifierKey::name), entryCheck);
    long expectedBase = 0;
    for (Path path : segments) {
      SegmentFile file = SegmentFile.map(path);
      walk.segment(file, expectedBase, path.equals(segments.getLast()));
      expectedBase = file.base() + file.size();
    }
    return walk.report(segments.size(), findings);
  }

  private List<Path> segments() throws IOException {
    List<Path> segments = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path path : entries.sorted().toList()) {
        String name = String.valueOf(path.getFileName());
        if (SEGMENT.matcher(name).matches()) {
          segments.add(path);
        } else if (UNFINISHED.matcher(name).matches()) {
          findings.add(new Finding(Grade.NOTE, name, 0, "left over from an interrupted write"));
        } else if (!name.equals(CHECKPOINT) && !name.equals("lock")) {
          findings.add(new Finding(Grade.FAULT, name, 0, "no file of a journal"));
        }
      }
    }
    if (segments.isEmpty()) {
      findings.add(new Finding(Grade.FAULT, directory.toString(), 0, "no journal is here"));
    }
    return segments;
  }

  private Optional<Checkpoint> checkpoint() throws IOException {
    Path path = directory.resolve(CHECKPOINT);
    if (!Files.exists(path)) {
      findings.add(new Finding(Grade.NOTE, CHECKPOINT, 0, "no checkpoint is kept here"));
      return Optional.empty();
    }
    try {
      if (Files.size(path) > Limits.NOTE) {
        throw new IOException(path + " is larger than any checkpoint");
      }
      Bytes note = Bytes.of(Files.readAllBytes(path));
      return Optional.of(
          key.isPresent()
              ? SignedNote.open(note, key.get())
              : Checkpoint.parse(SignedNote.parse(note).text()));
    } catch (MalformedException e) {
      findings.add(
          new Finding(Grade.FAULT, CHECKPOINT, e.offset(), e.check() + ", " + e.getMessage()));
      return Optional.empty();
    }
  }
}
