package dev.telltale.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FormatTest {
  private static final String FORMATS = "dev.telltale.protocol.message.Formats#all";

  @ParameterizedTest
  @MethodSource(FORMATS)
  void encodesAgainWhatItDecoded(Format format) throws MalformedException {
    assertEquals(format.sample(), format.codec().again(format.sample()));
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void everyTruncationIsRefused(Format format) {
    Bytes sample = format.sample();
    for (int length = 0; length < sample.length(); length++) {
      Bytes cut = sample.slice(0, length);
      assertThrows(MalformedException.class, () -> format.codec().again(cut));
    }
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aByteBehindTheEndIsRefused(Format format) {
    Bytes longer = Bytes.concat(format.sample(), Bytes.hex("00"));

    assertThrows(MalformedException.class, () -> format.codec().again(longer));
  }

  /** What is accepted is canonical, and nothing but MalformedException ever comes out. */
  @ParameterizedTest
  @MethodSource(FORMATS)
  void aChangedByteIsRefusedOrEncodesToItself(Format format) {
    byte[] bytes = format.sample().toArray();
    int step = Math.max(1, bytes.length / 400);
    for (int i = 0; i < bytes.length; i += step) {
      byte right = bytes[i];
      for (int change : new int[] {0x01, 0x02, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF}) {
        bytes[i] = (byte) (right ^ change);
        refusedOrItself(format, Bytes.of(bytes));
      }
      bytes[i] = right;
    }
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void piecesCutOutOrDoubledAreRefusedOrEncodeToThemselves(Format format) {
    Bytes sample = format.sample();
    Random random = new Random(format.name().hashCode());
    for (int i = 0; i < 500; i++) {
      int a = random.nextInt(sample.length() + 1);
      int b = random.nextInt(sample.length() + 1);
      refusedOrItself(format, Bytes.concat(sample.slice(0, a), sample.slice(b, sample.length())));
    }
  }

  private static void refusedOrItself(Format format, Bytes changed) {
    try {
      assertEquals(changed, format.codec().again(changed));
    } catch (MalformedException e) {
      if (e.check().text().isEmpty()) {
        fail("a refusal without a name");
      }
    }
  }
}
