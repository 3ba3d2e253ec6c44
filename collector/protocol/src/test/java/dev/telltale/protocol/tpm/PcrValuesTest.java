package dev.telltale.protocol.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcrValuesTest {
  /** Cuts concatenated values up as the selection says. */
  static PcrValues values(PcrSelection selection, Bytes concatenated) {
    TreeMap<Integer, SortedMap<Integer, Bytes>> banks = new TreeMap<>();
    int at = 0;
    for (var bank : selection.banks().entrySet()) {
      int length = TpmHash.of(bank.getKey()).orElseThrow().length();
      TreeMap<Integer, Bytes> values = new TreeMap<>();
      SortedSet<Integer> registers = bank.getValue();
      for (int register : registers) {
        values.put(register, concatenated.slice(at, at + length));
        at += length;
      }
      banks.put(bank.getKey(), values);
    }
    assertEquals(concatenated.length(), at);
    return new PcrValues(banks);
  }

  @Test
  void digestIsTheOneTheTpmQuoted() throws MalformedException {
    PcrSelection nine = PcrSelection.of(TpmHash.SHA256, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8));
    TpmsAttest.Quote quote = TpmsAttest.parse(CapturedTpm.QUOTE).asQuote();
    assertEquals(quote.pcrDigest(), values(nine, CapturedTpm.QUOTE_VALUES).digest());
  }

  @Test
  void digestOverTwoBanksIsTheOneTheTpmQuoted() throws MalformedException {
    TpmsAttest.Quote quote = TpmsAttest.parse(CapturedTpm.TWO_BANK_QUOTE).asQuote();
    PcrValues values = values(PcrSelectionTest.TWO_BANKS, CapturedTpm.TWO_BANK_VALUES);
    assertEquals(quote.pcrDigest(), values.digest());
    assertEquals(PcrSelectionTest.TWO_BANKS, values.selection());
    assertEquals(Optional.of(Bytes.of(new byte[20])), values.value(0x0004, 0));
    assertEquals(Optional.empty(), values.value(0x0004, 1));
    assertEquals(Optional.empty(), values.value(0x000C, 0));
  }

  @Test
  void readsBackWhatItWrites() throws MalformedException {
    PcrValues values = values(PcrSelectionTest.TWO_BANKS, CapturedTpm.TWO_BANK_VALUES);
    assertEquals(values, PcrValues.decode(values.encode()));
  }

  @ParameterizedTest
  @CsvSource({
    "a0, form.size, no bank",
    "a104a0, form.size, an empty bank",
    "a104a10053" + "00000000000000000000000000000000000000" + ", form.size, 19 bytes of SHA-1",
    "a10ba10054" + "0000000000000000000000000000000000000000" + ", form.size, SHA-1 in SHA-256",
    "a104a1181854" + "0000000000000000000000000000000000000000" + ", form.range, register 24",
    "a103a10054" + "0000000000000000000000000000000000000000" + ", form.range, unknown bank",
  })
  void refuses(String hex, String check, String why) {
    MalformedException refusal =
        assertThrows(MalformedException.class, () -> PcrValues.decode(Bytes.hex(hex)), why);
    assertEquals(Check.named(check).orElseThrow(), refusal.check(), why);
  }
}
