package dev.telltale.protocol.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.message.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrustFileTest {
  private static final TrustFile TRUST = Samples.trustFile();
  private static final String TEXT = text(TRUST.encode());

  @Test
  void readsWhatItWrote() throws MalformedException {
    assertEquals(TRUST, TrustFile.decode(TRUST.encode()));
  }

  @Test
  void commentsEmptyLinesAndAMissingNewlineAreLetPass() throws MalformedException {
    assertEquals(TRUST, TrustFile.decode(Bytes.utf8("# from the operator\n\n" + TEXT.strip())));
  }

  @Test
  void rootsMayBeAbsent() throws MalformedException {
    TrustFile bare = new TrustFile(TRUST.log(), TRUST.operator(), List.of(), List.of());

    assertEquals(bare, TrustFile.decode(bare.encode()));
  }

  @Test
  void logAndOperatorAreDemandedOnce() {
    assertEquals(Check.TRUST_TEXT, refusal(""));
    assertEquals(Check.TRUST_TEXT, refusal(TEXT.replaceFirst("log .*\n", "")));
    assertEquals(Check.TRUST_TEXT, refusal(TEXT.replaceFirst("operator .*\n", "")));
    assertEquals(Check.TRUST_TEXT, refusal(TEXT + TEXT));
  }

  @Test
  void unknownLinesAndOtherSpellingsAreRefused() {
    assertEquals(Check.TRUST_TEXT, refusal(TEXT + "witness x\n"));
    assertEquals(Check.TRUST_TEXT, refusal(TEXT + "ek-root AA\n"));
    assertEquals(Check.TRUST_TEXT, refusal(TEXT + "ek-root AB==\n"));
    assertEquals(Check.TRUST_TEXT, refusal(TEXT + "ek-root \n"));
    assertEquals(Check.NOTE_KEY, refusal(TEXT.replace("\n", "\r\n")));
  }

  @Test
  void keysAreChecked() {
    assertEquals(Check.NOTE_KEY, refusal(TEXT.replaceFirst("north", "south")));
    assertEquals(Check.FORM_POINT, refusal(TEXT.replaceFirst("operator B", "operator C")));
  }

  private static Check refusal(String text) {
    return assertThrows(MalformedException.class, () -> TrustFile.decode(Bytes.utf8(text))).check();
  }

  private static String text(Bytes utf8) {
    return new String(utf8.toArray(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
