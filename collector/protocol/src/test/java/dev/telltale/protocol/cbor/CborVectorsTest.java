package dev.telltale.protocol.cbor;

import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.vectors.HexVector;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CborVectorsTest {
  static Stream<HexVector> vectors() {
    return HexVector.folder("cbor");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void oneFaultHasOneName(HexVector vector) throws MalformedException {
    vector.check(AnyItem::roundTrip);
  }
}
