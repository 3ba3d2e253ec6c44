package dev.telltale.protocol.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcrSelectionTest {
  static final PcrSelection TWO_BANKS =
      new PcrSelection(
          new TreeMap<>(
              Map.of(0x000B, new TreeSet<>(List.of(0, 7, 8)), 0x0004, new TreeSet<>(List.of(0)))));

  @Test
  void encodesAsMapOfBanksAndReadsBack() throws MalformedException {
    assertEquals("a20481000b83000708", TWO_BANKS.encode().toHex());
    assertEquals(TWO_BANKS, PcrSelection.decode(TWO_BANKS.encode()));
    assertEquals("sha1:0+sha256:0,7,8", TWO_BANKS.toString());
    assertEquals(4, TWO_BANKS.size());
  }

  @Test
  void bitmapIsLittleEndianByRegister() {
    assertEquals("00000002" + "000403010000" + "000b03810100", TWO_BANKS.marshalled().toHex());
    PcrSelection last = PcrSelection.of(TpmHash.SHA256, List.of(23, 16, 8));
    assertEquals("00000001" + "000b03000181", last.marshalled().toHex());
    assertEquals(List.of(8, 16, 23), last.toTpm().getFirst().registers());
  }

  @Test
  void isNotChangedByItsCaller() {
    TreeMap<Integer, SortedSet<Integer>> banks = new TreeMap<>();
    TreeSet<Integer> registers = new TreeSet<>(List.of(1));
    banks.put(0x000B, registers);
    PcrSelection selection = new PcrSelection(banks);
    registers.add(2);
    banks.clear();
    assertEquals(PcrSelection.of(TpmHash.SHA256, List.of(1)), selection);
  }

  @ParameterizedTest
  @CsvSource({
    "a0, form.size, no bank",
    "a10b80, form.size, an empty bank",
    "a10b820100, form.order, descending",
    "a10b820101, form.order, twice",
    "a10b811818, form.range, register 24",
    "a1038100, form.range, an unknown bank",
    "a20b81000b8100, form.duplicate, a bank twice",
    "a20b8100048100, form.unsorted, banks descending",
    "a10b8100ff, form.trailing, a byte more",
    "a10b81, form.truncated, a register less",
  })
  void refuses(String hex, String check, String why) {
    MalformedException refusal =
        assertThrows(MalformedException.class, () -> PcrSelection.decode(Bytes.hex(hex)), why);
    assertEquals(Check.named(check).orElseThrow(), refusal.check(), why);
  }

  @Test
  void aSelectionOfNothingCannotBeMade() {
    assertThrows(IllegalArgumentException.class, () -> new PcrSelection(new TreeMap<>()));
    assertThrows(IllegalArgumentException.class, () -> PcrSelection.of(TpmHash.SHA256, List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> PcrSelection.of(TpmHash.SHA256, List.of(24)));
  }
}
