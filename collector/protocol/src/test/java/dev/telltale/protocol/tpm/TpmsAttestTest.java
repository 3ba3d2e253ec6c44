package dev.telltale.protocol.tpm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpmsAttestTest {
  private static final String HEAD = "ff544347" + "8018";
  private static final String SIGNER = "0022" + "000b" + "11".repeat(32);
  private static final String EXTRA = "0020" + "22".repeat(32);
  private static final String CLOCK = "00000000000004d0" + "00000002" + "00000001" + "01";
  private static final String FIRMWARE = "2019102300163636";
  private static final String SELECTION = "00000001" + "000b" + "03" + "ff0100";
  private static final String DIGEST = "0020" + "33".repeat(32);

  private static MalformedException refusal(String hex) {
    return assertThrows(MalformedException.class, () -> TpmsAttest.parse(Bytes.hex(hex)));
  }

  private static Check found(String hex) {
    return refusal(hex).check();
  }

  @Test
  void readsAQuoteMadeByATpm() throws MalformedException {
    TpmsAttest attest = TpmsAttest.parse(CapturedTpm.QUOTE);
    assertEquals(CapturedTpm.AK_QUALIFIED_NAME, attest.qualifiedSigner());
    assertEquals(
        Bytes.hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
        attest.extraData());
    assertEquals(new ClockInfo(0x4d0, 2, 0, true), attest.clockInfo());
    assertEquals(0x2019102300163636L, attest.firmwareVersion());
    PcrSelection nine = PcrSelection.of(TpmHash.SHA256, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8));
    assertTrue(attest.asQuote().covers(nine));
    assertEquals(
        Check.QUOTE_TYPE, assertThrows(MalformedException.class, attest::asCertify).check());
  }

  @Test
  void readsACertificationMadeByATpm() throws MalformedException {
    TpmsAttest attest = TpmsAttest.parse(CapturedTpm.CERTIFY);
    TpmsAttest.Certify certify = attest.asCertify();
    assertEquals(CapturedTpm.TLS_NAME, certify.name());
    assertEquals(
        TpmName.qualifiedEndorsementPrimary(CapturedTpm.TLS_NAME), certify.qualifiedName());
    assertEquals(Bytes.hex("00ff55aa"), attest.extraData());
    assertEquals(Check.QUOTE_TYPE, assertThrows(MalformedException.class, attest::asQuote).check());
  }

  @Test
  void coversOnlyExactlyTheSelectionInItsOrder() throws MalformedException {
    TpmsAttest.Quote quote = TpmsAttest.parse(CapturedTpm.TWO_BANK_QUOTE).asQuote();
    assertTrue(quote.covers(PcrSelectionTest.TWO_BANKS));
    assertFalse(quote.covers(PcrSelection.of(TpmHash.SHA256, List.of(0, 7, 8))));
    assertFalse(quote.covers(PcrSelection.of(TpmHash.SHA256, List.of(0, 7))));
    TpmsAttest.Quote descending = TpmsAttest.parse(CapturedTpm.DESCENDING_QUOTE).asQuote();
    assertEquals(
        List.of(new PcrBankSelection(0x000B, 1), new PcrBankSelection(0x0004, 1)),
        descending.selection());
  }

  @Test
  void aQuoteOfNoRegisterParsesAndCoversNothing() throws MalformedException {
    String zero = "00000001" + "000b" + "03" + "000000";
    TpmsAttest attest =
        TpmsAttest.parse(Bytes.hex(HEAD + SIGNER + EXTRA + CLOCK + FIRMWARE + zero + DIGEST));
    assertEquals(List.of(new PcrBankSelection(0x000B, 0)), attest.asQuote().selection());
    assertFalse(attest.asQuote().covers(PcrSelection.of(TpmHash.SHA256, List.of(0))));
  }

  @Test
  void everyByteThatIsMissingOrTooMuchIsRefused() {
    for (Bytes whole : List.of(CapturedTpm.QUOTE, CapturedTpm.CERTIFY)) {
      for (int length = 0; length < whole.length(); length++) {
        Bytes cut = whole.slice(0, length);
        assertThrows(MalformedException.class, () -> TpmsAttest.parse(cut), "cut at " + length);
      }
      assertEquals(Check.QUOTE_FORM, found(whole.toHex() + "00"));
    }
  }

  @Test
  void theVectorOfTheNegativeCasesIsItselfWellFormed() {
    assertDoesNotThrow(() ->
        TpmsAttest.parse(Bytes.hex(HEAD + SIGNER + EXTRA + CLOCK + FIRMWARE + SELECTION + DIGEST)));
  }

  @ParameterizedTest
  @CsvSource({"ff544348, quote.magic", "47435400, quote.magic", "00000000, quote.magic"})
  void refusesWhatIsNotMadeByATpm(String magic, String check) {
    assertEquals(
        check,
        found(magic + "8018" + SIGNER + EXTRA + CLOCK + FIRMWARE + SELECTION + DIGEST).text());
  }

  @ParameterizedTest
  @CsvSource({"8014", "8019", "801a", "801c", "8016", "0000", "1880"})
  void refusesOtherTypes(String type) {
    String rest = SIGNER + EXTRA + CLOCK + FIRMWARE + SELECTION + DIGEST;
    assertEquals(Check.QUOTE_TYPE, found("ff544347" + type + rest));
  }

  @Test
  void refusesALongNameOrMoreExtraData() throws MalformedException {
    String longest = "0042" + "11".repeat(66);
    String most = "0040" + "22".repeat(64);
    String rest = CLOCK + FIRMWARE + SELECTION + DIGEST;
    TpmsAttest attest = TpmsAttest.parse(Bytes.hex(HEAD + longest + most + rest));
    assertEquals(66, attest.qualifiedSigner().length());
    assertEquals(64, attest.extraData().length());
    assertEquals(Check.QUOTE_FORM, found(HEAD + "0043" + "11".repeat(67) + EXTRA + rest));
    assertEquals(Check.QUOTE_FORM, found(HEAD + SIGNER + "0041" + "22".repeat(65) + rest));
  }

  @ParameterizedTest
  @CsvSource({
    "00000000000004d0000000020000000102, safe is 2",
    "00000000000004d00000000200000001ff, safe is 255",
    "80000000000000000000000200000001" + "01" + ", a clock of 2^63",
  })
  void refusesAnImpossibleClock(String clock, String why) {
    assertEquals(
        Check.QUOTE_FORM,
        found(HEAD + SIGNER + EXTRA + clock + FIRMWARE + SELECTION + DIGEST),
        why);
  }

  @ParameterizedTest
  @CsvSource({
    "00000000, no bank",
    "00000009" + "000b03010000" + ", more banks announced than allowed",
    "ffffffff" + "000b03010000" + ", a hostile count",
    "00000002" + "000b03010000" + "000b03020000" + ", a bank twice",
    "00000001" + "000b020100" + ", a bitmap of 2 bytes",
    "00000001" + "000b0401000000" + ", a bitmap of 4 bytes",
    "00000001" + "000b00" + ", a bitmap of no bytes",
  })
  void refusesOtherSelections(String selection, String why) {
    assertEquals(
        Check.QUOTE_FORM,
        found(HEAD + SIGNER + EXTRA + CLOCK + FIRMWARE + selection + DIGEST),
        why);
  }

  @ParameterizedTest
  @CsvSource({"0014", "001f", "0021", "0030", "0000"})
  void refusesADigestOfAnotherHash(String length) {
    String digest = length + "33".repeat(Integer.parseInt(length, 16));
    assertEquals(
        Check.QUOTE_FORM, found(HEAD + SIGNER + EXTRA + CLOCK + FIRMWARE + SELECTION + digest));
  }

  @Test
  void refusesMoreThanTheLimitBeforeReadingIt() {
    MalformedException refusal = refusal("00".repeat(Limits.ATTEST + 1));
    assertEquals(Check.QUOTE_FORM, refusal.check());
    assertEquals(0, refusal.offset());
  }

  @Test
  void clocksAreOrderedByResetsThenRestartsThenTime() {
    ClockInfo clock = new ClockInfo(100, 2, 3, true);
    assertTrue(new ClockInfo(99, 2, 3, true).before(clock));
    assertFalse(new ClockInfo(100, 2, 3, false).before(clock));
    assertTrue(clock.before(new ClockInfo(1, 2, 4, true)));
    assertTrue(clock.before(new ClockInfo(1, 3, 0, true)));
    assertFalse(new ClockInfo(1, 3, 0, true).before(clock));
  }
}
