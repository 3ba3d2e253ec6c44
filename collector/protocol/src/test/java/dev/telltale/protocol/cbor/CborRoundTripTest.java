package dev.telltale.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.vectors.Mutations;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CborRoundTripTest {
  private static final int ITEMS = 4_000;

  @Test
  void everyWrittenItemIsAcceptedAndComesBack() throws MalformedException {
    for (long seed = 0; seed < ITEMS; seed++) {
      Bytes written = item(new Random(seed), 0);

      assertEquals(written, AnyItem.roundTrip(written), "seed " + seed);
    }
  }

  /** The property all hashing rests on: what is accepted has no second encoding. */
  @Test
  void whatIsAcceptedAfterAChangeComesBackToo() {
    int accepted = 0;
    for (long seed = 0; seed < ITEMS; seed++) {
      Random random = new Random(seed);
      Bytes changed = Mutations.change(item(random, 0), random);
      try {
        assertEquals(changed, AnyItem.roundTrip(changed), "seed " + seed);
        accepted++;
      } catch (MalformedException e) {
        assertTrue(e.offset() >= 0 && e.offset() <= changed.length(), "seed " + seed);
      }
    }
    assertTrue(accepted > ITEMS / 20 && accepted < ITEMS, accepted + " accepted");
  }

  private static Bytes item(Random random, int depth) {
    int kinds = depth == Limits.DEPTH ? 4 : 6;
    CborWriter writer = new CborWriter();
    switch (random.nextInt(kinds)) {
      case 0 -> writer.uint(number(random));
      case 1 -> writer.integer(-1 - number(random));
      case 2 -> writer.bytes(bytes(random));
      case 3 -> writer.text(text(random));
      case 4 -> {
        int elements = random.nextInt(5);
        writer.array(elements);
        for (int i = 0; i < elements; i++) {
          writer.encoded(item(random, depth + 1));
        }
      }
      default -> {
        Map<Bytes, Bytes> entries = new TreeMap<>();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
          entries.put(item(random, Limits.DEPTH), item(random, depth + 1));
        }
        writer.map(entries.size());
        entries.forEach((key, value) -> writer.encoded(key).encoded(value));
      }
    }
    return writer.toBytes();
  }

  /** All widths alike, and their borders often. */
  private static long number(Random random) {
    long border = 1L << random.nextInt(63);
    return switch (random.nextInt(3)) {
      case 0 -> border - 1;
      case 1 -> border;
      default -> random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
    };
  }

  private static Bytes bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(40), 0x20, 0x11_0000)
        .filter(c -> !Character.isISOControl(c) && (c < 0xD800 || c > 0xDFFF))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
