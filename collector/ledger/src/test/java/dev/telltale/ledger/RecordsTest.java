package dev.telltale.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 24, 255, 256, 65_535, 65_536, Entry.ATTACHMENT_LIMIT})
  void entryIsEncodedAsDeterministicCbor(int length) throws MalformedException {
    Bytes leaf = Bytes.of(new byte[Math.clamp(length, 1, Entry.LEAF_LIMIT)]);
    Entry entry = new Entry(leaf, Bytes.of(new byte[length]));

    byte[] encoded = Records.encode(entry);

    CborWriter expected = new CborWriter().array(2).bytes(leaf).bytes(entry.attachment());
    assertEquals(expected.toBytes(), Bytes.of(encoded));
    assertEquals(entry, Records.entry(encoded));
  }

  @Test
  void headAndClosingAreReadBack() throws MalformedException {
    Records.Head head = new Records.Head("telltale.example/x", 7, Digest.of(new byte[32]));
    Records.Closing closing = new Records.Closing(1L << 40, Digest.of(new byte[32]), 5);

    assertEquals(head, Records.Head.decode(head.encode()));
    assertEquals(closing, Records.Closing.decode(closing.encode()));
  }

  @Test
  void recordsOfAnotherFormAreMalformed() {
    byte[] closing = new Records.Closing(1, Digest.of(new byte[32]), 5).encode();
    byte[] entry = Records.encode(SmallLedger.entry(1));
    byte[] version = closing.clone();
    version[1] = 2;

    assertThrows(MalformedException.class, () -> Records.Closing.decode(version));
    assertThrows(MalformedException.class, () -> Records.Head.decode(closing));
    assertThrows(MalformedException.class, () -> Records.entry(closing));
    for (int length = 0; length < entry.length; length++) {
      byte[] shorter = Arrays.copyOf(entry, length);
      assertThrows(MalformedException.class, () -> Records.entry(shorter));
    }
    byte[] longer = Arrays.copyOf(entry, entry.length + 1);
    assertThrows(MalformedException.class, () -> Records.entry(longer));
  }
}
