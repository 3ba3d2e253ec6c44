package dev.telltale.protocol.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Ecdsa;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpmtSignatureTest {
  private static Check found(String hex) {
    return assertThrows(MalformedException.class, () -> TpmtSignature.parse(Bytes.hex(hex)))
        .check();
  }

  @Test
  void signatureOfATpmVerifiesOverTheRawQuote() throws MalformedException {
    TpmtPublic ak = TpmtPublic.parse(CapturedTpm.AK_PUBLIC);
    PublicPoint key = assertInstanceOf(TpmtPublic.EccKey.class, ak.key()).point();
    Bytes raw = TpmtSignature.parse(CapturedTpm.QUOTE_SIGNATURE).raw();
    assertTrue(Ecdsa.verify(Providers.jdk(), key, CapturedTpm.QUOTE, raw));
    assertFalse(Ecdsa.verify(Providers.jdk(), key, CapturedTpm.TWO_BANK_QUOTE, raw));
  }

  @Test
  void strippedHalvesArePadded() throws MalformedException {
    Bytes encoded = Bytes.hex("0018000b" + "0001" + "05" + "001f" + "66".repeat(31));
    assertEquals(
        "00".repeat(31) + "05" + "00" + "66".repeat(31),
        TpmtSignature.parse(encoded).raw().toHex());
  }

  @ParameterizedTest
  @CsvSource({"0018" + "0004", "0014" + "000b", "0016" + "000b", "001b" + "0012", "0010" + "000b"})
  void refusesAnotherScheme(String scheme) {
    assertEquals(Check.QUOTE_SCHEME, found(scheme + ("0020" + "11".repeat(32)).repeat(2)));
  }

  @Test
  void refusesEveryOtherLength() {
    Bytes whole = CapturedTpm.QUOTE_SIGNATURE;
    for (int length = 0; length < whole.length(); length++) {
      assertEquals(Check.TPM_SIGNATURE, found(whole.slice(0, length).toHex()));
    }
    assertEquals(Check.TPM_SIGNATURE, found(whole.toHex() + "00"));
    String half = "0020" + "11".repeat(32);
    assertEquals(Check.TPM_SIGNATURE, found("0018000b" + half + "0000"));
    assertEquals(Check.TPM_SIGNATURE, found("0018000b" + "0021" + "11".repeat(33) + "000105"));
    assertEquals(Check.TPM_SIGNATURE, found("0018000b" + half + half + "00"));
  }
}
