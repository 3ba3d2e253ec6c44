package dev.telltale.agent.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Label;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.protocol.tpm.TpmsAttest;
import dev.telltale.tpmsim.junit.SimTpm;
import dev.telltale.tpmsim.junit.SimulatedTpm;
import dev.telltale.tpmsim.swtpm.SimulatedBoot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SimulatedTpm.class)
class QuoterTest {
  @TempDir private Path directory;

  @Test
  void tpm2ToolsAcceptOurQuotes(SimTpm tpm) throws Exception {
    Tpm2Tools tools = Tpm2Tools.alone(directory);
    PcrSelection all = PcrSelection.of(TpmHash.SHA256, IntStream.range(0, 24).boxed().toList());
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKey key = TestTpm.keys(context).create();
      QuotedEvidence evidence = new Quoter(context).quote(key, TestTpm.SOMETHING, all);
      writeQuote(tools, key, evidence);
    }
    String check = "tpm2_checkquote -u ak.pub -m attest -s signature -g sha256 -f values -q ";
    tools.succeed(check + TestTpm.SOMETHING.digest());
    assertNotEquals(0, tools.run(check + "00".repeat(32)).status());
  }

  private static void writeQuote(Tpm2Tools tools, AttestationKey key, QuotedEvidence evidence)
      throws Exception {
    int length = key.publicArea().length();
    tools.write(
        "ak.pub",
        Bytes.concat(Bytes.of(new byte[] {(byte) (length >> 8), (byte) length}), key.publicArea()));
    tools.write("attest", evidence.attest());
    tools.write(
        "signature",
        Bytes.concat(
            Bytes.hex("0018000b0020"),
            evidence.signature().slice(0, 32),
            Bytes.hex("0020"),
            evidence.signature().slice(32, 64)));
    tools.write("values", serialized(evidence.values()));
  }

  /** A dump of C structures: TPML_PCR_SELECTION, then as many TPML_DIGEST of eight as it takes. */
  private static Bytes serialized(PcrValues values) {
    int digestList = 4 + 8 * 66;
    ByteBuffer out = ByteBuffer.allocate(4 + 16 * 8 + 4 + 3 * digestList);
    out.order(ByteOrder.LITTLE_ENDIAN).putInt(1).putShort((short) 0x000B).put((byte) 3);
    out.put(new byte[] {-1, -1, -1, 0}).position(4 + 16 * 8).putInt(3);
    for (int register = 0; register < 24; register++) {
      if (register % 8 == 0) {
        out.position(4 + 16 * 8 + 4 + register / 8 * digestList).putInt(8);
      }
      Bytes value = values.value(TpmHash.SHA256.algorithm(), register).orElseThrow();
      out.putShort((short) value.length()).put(value.toArray()).put(new byte[32]);
    }
    return Bytes.of(out.array());
  }

  @Test
  void valuesAreThoseOfTheFirmwareAndHashToTheQuotedDigest(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKey key = TestTpm.keys(context).create();
      QuotedEvidence evidence = new Quoter(context).quote(key, TestTpm.SOMETHING, TestTpm.FIRMWARE);

      PcrValues values = evidence.values();
      assertEquals(TestTpm.FIRMWARE, values.selection());
      for (int i = 0; i <= SimulatedBoot.LAST_REGISTER; i++) {
        Bytes reference = Bytes.of(SimulatedBoot.referenceValue(i));
        assertEquals(Optional.of(reference), values.value(TpmHash.SHA256.algorithm(), i));
      }
      TpmsAttest attest = TpmsAttest.parse(evidence.attest());
      assertEquals(values.digest(), attest.asQuote().pcrDigest());
      assertEquals(TestTpm.SOMETHING.digest().value(), attest.extraData());
      assertEquals(key.qualifiedName(), attest.qualifiedSigner());
      assertEquals(attest.clockInfo(), evidence.clockInfo());
      assertEquals(64, evidence.signature().length());
    }
  }

  @Test
  void valuesAreReadAgainUntilTheyAreTheQuotedOnes(SimTpm tpm) throws Exception {
    Interposer bus = new Interposer();
    try (TpmContext context = bus.context(tpm.address())) {
      AttestationKey key = TestTpm.keys(context).create();
      bus.extendBefore(Interposer.QUOTE, 2, 3);
      QuotedEvidence evidence = new Quoter(context).quote(key, TestTpm.SOMETHING, TestTpm.FIRMWARE);
      assertEquals(
          evidence.values().digest(), TpmsAttest.parse(evidence.attest()).asQuote().pcrDigest());
      assertEquals(evidence.values(), new Registers(context).read(TestTpm.FIRMWARE));
    }
  }

  @Test
  void registersThatNeverRestAreNotReadForEver(SimTpm tpm) throws Exception {
    Interposer bus = new Interposer();
    try (TpmContext context = bus.context(tpm.address())) {
      AttestationKey key = TestTpm.keys(context).create();
      bus.extendBefore(Interposer.QUOTE, Integer.MAX_VALUE, 3);
      Quoter quoter = new Quoter(context);
      assertThrows(
          TpmException.Unsuitable.class,
          () -> quoter.quote(key, TestTpm.SOMETHING, TestTpm.FIRMWARE));
    }
  }

  @Test
  void aBankTheTpmDoesNotHaveIsSaidAndNotLeftOut(SimTpm tpm) throws Exception {
    TreeMap<Integer, SortedSet<Integer>> banks = new TreeMap<>();
    banks.put(TpmHash.SHA256.algorithm(), new TreeSet<>(List.of(0)));
    banks.put(TpmHash.SHA1.algorithm(), new TreeSet<>(List.of(0)));
    PcrSelection selection = new PcrSelection(banks);
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKey key = TestTpm.keys(context).create();
      Quoter quoter = new Quoter(context);
      assertThrows(
          TpmException.Unsuitable.class, () -> quoter.quote(key, TestTpm.SOMETHING, selection));
      assertTrue(
          quoter.quote(key, TestTpm.SOMETHING, TestTpm.FIRMWARE).values().banks().size() == 1);
    }
  }

  @Test
  void aKeyAtTheHandleThatIsNotOursIsNoticed(SimTpm tpm) throws Exception {
    try (TpmContext context = TestTpm.open(tpm)) {
      AttestationKeys keys = TestTpm.keys(context);
      AttestationKey old = keys.create();
      keys.evict(old);
      AttestationKey other = keys.create();
      assertEquals(old.handle(), other.handle());
      Quoter quoter = new Quoter(context);
      assertThrows(
          TpmException.Tampered.class,
          () -> quoter.quote(old, TestTpm.SOMETHING, TestTpm.FIRMWARE));
    }
  }

  @Test
  void nothingIsQuotedUnderALabelForOtherThings() {
    assertThrows(
        IllegalArgumentException.class, () -> QualifyingData.of(Label.READING, Bytes.EMPTY));
  }
}
