package dev.telltale.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.message.ReferenceStatement;
import dev.telltale.protocol.message.ReferenceValues;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ReferenceSetTest {
  private static final int SHA256 = TpmHash.SHA256.algorithm();
  private static final ReferenceSet SET =
      new ReferenceSet(
          2,
          new ReferenceStatement(
              "north",
              1,
              new ReferenceValues(
                  new TreeMap<>(
                      Map.of(
                          SHA256,
                          new TreeMap<>(
                              Map.of(
                                  0,
                                  List.of(value(0x40)),
                                  8,
                                  List.of(value(0x48), value(0x49))))))),
              0,
              0,
              "agent 1.0",
              0));

  private static Bytes value(int fill) {
    return Samples.fill(fill, 32);
  }

  private static PcrValues values(Map<Integer, Bytes> registers) {
    return new PcrValues(new TreeMap<>(Map.of(SHA256, new TreeMap<>(registers))));
  }

  @Test
  void eachValueOfAListIsAccepted() {
    assertEquals(Optional.empty(), SET.mismatch(values(Map.of(0, value(0x40), 8, value(0x48)))));
    assertEquals(Optional.empty(), SET.mismatch(values(Map.of(0, value(0x40), 8, value(0x49)))));
  }

  @Test
  void valueOfAnotherRegisterIsNot() {
    ReferenceSet.Mismatch mismatch =
        SET.mismatch(values(Map.of(0, value(0x40), 8, value(0x40)))).orElseThrow();
    assertEquals(new ReferenceSet.Mismatch(SHA256, 8, value(0x40)), mismatch);
    assertEquals(Check.REFERENCE_VALUES, mismatch.contradiction().check());
    assertTrue(mismatch.contradiction().detail().startsWith("register 8 holds 4040"));
  }

  @Test
  void registerOrBankTheSetSaysNothingAboutIsNot() {
    assertEquals(
        1, SET.mismatch(values(Map.of(0, value(0x40), 1, value(0)))).orElseThrow().register());
    PcrValues sm3 =
        new PcrValues(
            new TreeMap<>(
                Map.of(TpmHash.SM3_256.algorithm(), new TreeMap<>(Map.of(0, value(0x40))))));
    assertEquals(TpmHash.SM3_256.algorithm(), SET.mismatch(sm3).orElseThrow().bank());
  }
}
