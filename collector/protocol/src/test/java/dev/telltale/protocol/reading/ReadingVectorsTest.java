package dev.telltale.protocol.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.vectors.HexVector;
import dev.telltale.protocol.vectors.Mutations;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingVectorsTest {
  static Stream<HexVector> vectors() {
    return HexVector.folder("reading");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void oneFaultHasOneName(HexVector vector) throws MalformedException {
    vector.check(ReadingVectorsTest::roundTrip);
  }

  @Test
  void aChangedPackIsRefusedOrComesBackAsItIs() {
    List<HexVector> packs = vectors().filter(v -> v.expectation().equals("accepted")).toList();
    int accepted = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      Bytes changed = Mutations.change(packs.get(random.nextInt(packs.size())).bytes(), random);
      try {
        assertEquals(changed, roundTrip(changed), "seed " + seed);
        accepted++;
      } catch (MalformedException e) {
        assertTrue(e.offset() <= changed.length(), "seed " + seed);
      }
    }
    assertTrue(accepted > 500, accepted + " accepted");
  }

  private static Bytes roundTrip(Bytes pack) throws MalformedException {
    return Reading.decode(pack).encode();
  }
}
