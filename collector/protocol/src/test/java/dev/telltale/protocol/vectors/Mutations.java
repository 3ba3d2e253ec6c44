package dev.telltale.protocol.vectors;

import dev.telltale.protocol.Bytes;
import java.util.Random;

/** Small changes to bytes, for decoders: most must be refused, and none may do anything else. */
public final class Mutations {
  private Mutations() {}

  public static Bytes change(Bytes original, Random random) {
    int at = random.nextInt(original.length());
    Bytes before = original.slice(0, at);
    Bytes after = original.slice(at + 1, original.length());
    return switch (random.nextInt(5)) {
      case 0 -> before;
      case 1 -> Bytes.concat(before, after);
      case 2 -> Bytes.concat(before, any(random), original.slice(at, original.length()));
      case 3 -> Bytes.concat(before, any(random), after);
      default -> {
        byte[] flipped = original.toArray();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        yield Bytes.of(flipped);
      }
    };
  }

  private static Bytes any(Random random) {
    return Bytes.of(new byte[] {(byte) random.nextInt(256)});
  }
}
