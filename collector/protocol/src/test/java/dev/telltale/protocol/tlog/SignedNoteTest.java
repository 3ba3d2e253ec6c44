package dev.telltale.protocol.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys and lines of "Peter" and "Enoch" are those of golang.org/x/mod, sumdb/note. */
class SignedNoteTest {
  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String PETER_LINE =
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
          + "otpRZb6KE6RyyBwJnAM=\n";
  private static final String ENOCH_LINE =
      "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwn"
          + "WLox33WWd1RvMc+QQ=\n";
  private static final VerifierKey PETER =
      key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  private static final VerifierKey ENOCH =
      key("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop");
  private static final Ed25519NoteSigner LOG =
      Ed25519NoteSigner.fromSeed("log.example/north", new byte[32]);
  private static final Checkpoint CHECKPOINT =
      new Checkpoint("log.example/north", 7, Digest.of(new byte[32]));

  private static VerifierKey key(String vkey) {
    try {
      return VerifierKey.parse(vkey);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static SignedNote parsed(String note) throws MalformedException {
    return SignedNote.parse(Bytes.utf8(note));
  }

  private static Check refusal(String note, VerifierKey... known) {
    return assertThrows(
            MalformedException.class, () -> parsed(note).requireSignedBy(List.of(known)))
        .check();
  }

  @Test
  void oneKnownSignatureIsEnoughAndUnknownOnesAreIgnored() throws MalformedException {
    SignedNote note = parsed(TEXT + "\n" + PETER_LINE + ENOCH_LINE);
    assertEquals(TEXT, note.text());
    assertEquals(2, note.signatures().size());
    note.requireSignedBy(List.of(PETER));
    note.requireSignedBy(List.of(ENOCH));
    note.requireSignedBy(List.of(PETER, ENOCH));
    parsed(TEXT + "\n" + PETER_LINE + PETER_LINE).requireSignedBy(List.of(PETER));
  }

  @Test
  void aNoteOfUnknownKeysOnlyIsRefused() {
    assertEquals(Check.NOTE_SIGNATURE, refusal(TEXT + "\n" + PETER_LINE, ENOCH));
    assertEquals(Check.NOTE_SIGNATURE, refusal(TEXT + "\n" + PETER_LINE));
  }

  @Test
  void aKnownKeyThatFailsRejectsTheNoteWhoeverElseSigned() {
    String wrong = ENOCH_LINE.replace("BzmZa0S", "BzmZa0T");
    assertEquals(Check.NOTE_SIGNATURE, refusal(TEXT + "\n" + PETER_LINE + wrong, PETER, ENOCH));
    assertEquals(Check.NOTE_SIGNATURE, refusal(TEXT + "\n" + wrong + PETER_LINE, ENOCH, PETER));
    assertEquals(
        Check.NOTE_SIGNATURE, refusal(TEXT + "\n" + ENOCH_LINE + wrong, ENOCH), "second line");
    assertEquals(
        Check.NOTE_SIGNATURE, refusal(TEXT.replace("your", "my") + "\n" + PETER_LINE, PETER));
  }

  @Test
  void nameAndIdBothMakeAKeyKnown() {
    String misnamed = PETER_LINE.replace("PeterNeumann", "CarmenSandiego");
    assertEquals(Check.NOTE_SIGNATURE, refusal(TEXT + "\n" + misnamed, PETER));
    String otherId = PETER_LINE.replace("x08go", "x08ho");
    assertEquals(Check.NOTE_SIGNATURE, refusal(TEXT + "\n" + otherId, PETER));
  }

  @Test
  void aSignatureOfAnotherLengthFails() {
    String shorter = line(PETER.name(), Bytes.concat(PETER.id(), Bytes.of(new byte[63])));
    assertEquals(Check.NOTE_SIGNATURE, refusal(TEXT + "\n" + shorter, PETER));
  }

  private static String line(String name, Bytes value) {
    return "— " + name + " " + Base64.getEncoder().encodeToString(value.toArray()) + "\n";
  }

  @Test
  void theTextMayHaveEmptyLinesAndNonAsciiCharacters() throws MalformedException {
    String example =
        """
        Ognuno sta solo sul cuor della terra
        trafitto da un raggio di sole:

        ed è subito sera.

        — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKON\
        rMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
        """;
    SignedNote note = parsed(example);
    assertEquals(example.substring(0, example.indexOf("\n—")), note.text());
    assertEquals(Bytes.hex("367ba04b"), note.signatures().getFirst().keyId());
    assertEquals(Bytes.utf8(example), note.encode());
  }

  @Test
  void signsAsTheGoImplementationDoes() throws MalformedException {
    byte[] seed =
        Bytes.of(Base64.getDecoder().decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"))
            .slice(1, 33)
            .toArray();
    Ed25519NoteSigner peter = Ed25519NoteSigner.fromSeed("PeterNeumann", seed);
    assertEquals(PETER, peter.key());
    SignedNote note = SignedNote.sign(TEXT, List.of(peter));
    assertEquals(Bytes.utf8(TEXT + "\n" + PETER_LINE), note.encode());
    assertEquals(note, SignedNote.parse(note.encode()));
    Ed25519NoteSigner again = Ed25519NoteSigner.fromPkcs8("PeterNeumann", peter.pkcs8());
    assertEquals(peter.sign(TEXT), again.sign(TEXT));
    assertEquals(PETER, again.key());
  }

  @Test
  void everyMissingByteIsRefused() {
    Bytes whole = Bytes.utf8(TEXT + "\n" + PETER_LINE);
    for (int length = 0; length < whole.length(); length++) {
      Bytes cut = whole.slice(0, length);
      assertEquals(
          Check.NOTE_FORM,
          assertThrows(MalformedException.class, () -> SignedNote.parse(cut)).check());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\n\n",
        "text\n— a AAAAAAA=\n",
        "text\r\n\n— a AAAAAAA=\n",
        "te\txt\n\n— a AAAAAAA=\n",
        "text\n\n- a AAAAAAA=\n",
        "text\n\n—a AAAAAAA=\n",
        "text\n\n— AAAAAAA=\n",
        "text\n\n—  AAAAAAA=\n",
        "text\n\n— a+b AAAAAAA=\n",
        "text\n\n— a\u00a0b AAAAAAA=\n",
        "text\n\n— a\u2003b AAAAAAA=\n",
        "text\n\n— a\u0085b AAAAAAA=\n",
        "text\n\n— a b AAAAAAA=\n",
        "text\n\n— a  AAAAAAA=\n",
        "text\n\n— a AAAAAAA= \n",
        "text\n\n— a AAAAAAA\n",
        "text\n\n— a AAAAAAB=\n",
        "text\n\n— a AAAA-AA=\n",
        "text\n\n— a AAAAAA==\n",
        "text\n\n— a \n",
        "text\n\n— a\n",
        "text\n\n— a AAAAAAA=\nUnexpected line.\n",
        "text\n\n— a AAAAAAA=\nx"
      })
  void refusesAnotherForm(String note) {
    assertEquals(
        Check.NOTE_FORM, assertThrows(MalformedException.class, () -> parsed(note)).check());
  }

  @Test
  void theVectorOfTheNegativeCasesIsItselfWellFormed() throws MalformedException {
    SignedNote note = parsed("text\n\n— a AAAAAAA=\n");
    assertEquals(Bytes.hex("00"), note.signatures().getFirst().signature());
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] note = "te?t\n\n— a AAAAAAA=\n".getBytes(StandardCharsets.UTF_8);
    note[2] = (byte) 0xFF;
    assertEquals(
        Check.NOTE_FORM,
        assertThrows(MalformedException.class, () -> SignedNote.parse(Bytes.of(note))).check());
  }

  @Test
  void thirtyTwoSignaturesAreReadAndNotOneMore() throws MalformedException {
    String line = "— a AAAAAAA=\n";
    assertEquals(
        Limits.NOTE_SIGNATURES,
        parsed("text\n\n" + line.repeat(Limits.NOTE_SIGNATURES)).signatures().size());
    assertEquals(
        Check.NOTE_FORM,
        assertThrows(
                MalformedException.class,
                () -> parsed("text\n\n" + line.repeat(Limits.NOTE_SIGNATURES + 1)))
            .check());
  }

  @Test
  void refusesMoreThanTheLimit() throws MalformedException {
    String tail = "\n\n— a AAAAAAA=\n";
    int room = Limits.NOTE - Bytes.utf8(tail).length();
    assertEquals(Limits.NOTE, parsed("x".repeat(room) + tail).encode().length());
    assertEquals(
        Check.NOTE_FORM,
        assertThrows(MalformedException.class, () -> parsed("x".repeat(room + 1) + tail)).check());
  }

  @Test
  void opensACheckpointOfTheLog() throws MalformedException {
    Bytes note = SignedNote.sign(CHECKPOINT.text(), List.of(LOG)).encode();
    assertEquals(CHECKPOINT, SignedNote.open(note, LOG.key()));
  }

  @Test
  void aCheckpointNamingAnotherLogIsRefusedThoughTheKeySigned() {
    Checkpoint other = new Checkpoint("log.example/south", 7, CHECKPOINT.root());
    Bytes note = SignedNote.sign(other.text(), List.of(LOG)).encode();
    assertEquals(
        Check.CHECKPOINT_ORIGIN,
        assertThrows(MalformedException.class, () -> SignedNote.open(note, LOG.key())).check());
  }

  @Test
  void aWitnessDoesNotStandInForTheLogAndMayNotSignWrongly() throws MalformedException {
    Ed25519NoteSigner witness = Ed25519NoteSigner.fromSeed("witness.example", seed(9));
    SignedNote both = SignedNote.sign(CHECKPOINT.text(), List.of(witness, LOG));
    assertEquals(CHECKPOINT, both.checkpoint(LOG.key(), List.of(witness.key())));
    SignedNote alone = SignedNote.sign(CHECKPOINT.text(), List.of(witness));
    assertThrows(
        MalformedException.class, () -> alone.checkpoint(LOG.key(), List.of(witness.key())));
    NoteSignature wrong =
        new NoteSignature("witness.example", witness.key().id(), Bytes.of(new byte[64]));
    SignedNote failing = new SignedNote(both.text(), List.of(both.signatures().get(1), wrong));
    assertThrows(
        MalformedException.class, () -> failing.checkpoint(LOG.key(), List.of(witness.key())));
    assertEquals(CHECKPOINT, failing.checkpoint(LOG.key(), List.of()));
  }

  @Test
  void reducedToTheTicketsKeysItIsTheSameWhateverElseItCollected() {
    Ed25519NoteSigner witness = Ed25519NoteSigner.fromSeed("witness.example", seed(9));
    Ed25519NoteSigner stranger = Ed25519NoteSigner.fromSeed("stranger.example", seed(8));
    String text = CHECKPOINT.text();
    List<VerifierKey> ticket = List.of(LOG.key(), witness.key());
    Bytes expected = SignedNote.sign(text, List.of(LOG, witness)).encode();
    assertEquals(
        expected,
        SignedNote.sign(text, List.of(stranger, witness, LOG, LOG)).reducedTo(ticket).encode());
    assertEquals(
        SignedNote.sign(text, List.of(LOG)).encode(),
        SignedNote.sign(text, List.of(LOG, stranger)).reducedTo(ticket).encode());
  }

  private static byte[] seed(int fill) {
    byte[] seed = new byte[32];
    java.util.Arrays.fill(seed, (byte) fill);
    return seed;
  }
}
