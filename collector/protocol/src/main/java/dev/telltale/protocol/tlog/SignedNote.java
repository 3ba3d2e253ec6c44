package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text and the lines of those who signed it (C2SP signed-note). What {@link #parse} returns is
 * well formed and nobody's word yet: nothing in it counts before {@link #requireSignedBy} or {@link
 * #open}.
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
  /** Em dash and space, with which every signature line begins. */
  static final String DASH = "\u2014 ";

  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the text of a note ends in a newline");
    }
  }

  /** Signs the text with every key. */
  public static SignedNote sign(String text, List<? extends NoteSigner> signers) {
    return new SignedNote(
        text,
        signers.stream()
            .map(signer ->
                new NoteSignature(signer.key().name(), signer.key().id(), signer.sign(text)))
            .toList());
  }

  /** Form only. Refuses with {@code note.form}; encoding the result gives the same bytes. */
  public static SignedNote parse(Bytes note) throws MalformedException {
    return NoteParser.parse(note);
  }

  /**
   * The checkpoint in a note of the log with this key. Refuses with {@code note.form}, {@code
   * note.signature}, {@code checkpoint.form}, or {@code checkpoint.origin} where the text is not of
   * the log that the key is named for.
   */
  public static Checkpoint open(Bytes note, VerifierKey logKey) throws MalformedException {
    return parse(note).checkpoint(logKey, List.of());
  }

  /**
   * As {@link #open}, where further keys are known too: the log must have signed, and no key that
   * is known may have signed wrongly.
   */
  public Checkpoint checkpoint(VerifierKey logKey, List<VerifierKey> others)
      throws MalformedException {
    requireSignedBy(List.of(logKey));
    for (VerifierKey other : others) {
      verify(other);
    }
    Checkpoint checkpoint = Checkpoint.parse(text);
    if (!checkpoint.origin().equals(logKey.name())) {
      throw new MalformedException(
          Check.CHECKPOINT_ORIGIN, 0, "checkpoint of " + checkpoint.origin());
    }
    return checkpoint;
  }

  /** At least one of the keys signed, and none of them wrongly; lines of others are ignored. */
  public void requireSignedBy(List<VerifierKey> known) throws MalformedException {
    boolean signed = false;
    for (VerifierKey key : known) {
      signed |= verify(key);
    }
    if (!signed) {
      throw new MalformedException(Check.NOTE_SIGNATURE, 0, "no signature of a known key");
    }
  }

  /** Whether there is a line of the key; a wrong one is refused. */
  private boolean verify(VerifierKey key) throws MalformedException {
    List<NoteSignature> lines = signatures.stream().filter(line -> line.isOf(key)).toList();
    if (!lines.stream().allMatch(line -> key.verifies(text, line.signature()))) {
      throw new MalformedException(
          Check.NOTE_SIGNATURE, 0, "signature of " + key.label() + " does not verify");
    }
    return !lines.isEmpty();
  }

  /**
   * The note reduced to the lines of these keys, in this order: the form that is kept and hashed,
   * the same whatever further lines the note collected. A key that did not sign has no line.
   */
  public SignedNote reducedTo(List<VerifierKey> keys) {
    return new SignedNote(
        text,
        keys.stream()
            .flatMap(key -> signatures.stream().filter(line -> line.isOf(key)).limit(1))
            .toList());
  }

  /** Text, an empty line, the signature lines. */
  public Bytes encode() {
    return Bytes.utf8(
        signatures.stream()
            .map(NoteSignature::line)
            .collect(Collectors.joining("", text + "\n", "")));
  }
}
