package dev.telltale.protocol.spec;

import static dev.telltale.protocol.message.Samples.DEVICE;
import static dev.telltale.protocol.message.Samples.NOON;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.bundle.ShownReading;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.ReadingLeaves;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The two readings of the example, sealed. */
record ExampleReadings(List<Bytes> packs, List<Bytes> keys, List<Bytes> ciphertexts, Suite suite) {
  static ExampleReadings seal(Suite suite) {
    List<Bytes> packs =
        List.of(
            reading(NOON + 60_000, Optional.of(new BigDecimal("291")), Quality.GOOD),
            reading(NOON + 70_000, Optional.of(new BigDecimal("-0.50")), Quality.SUSPECT));
    try (ContentSecret secret = ContentSecret.of(WorkedExample.SECRET)) {
      List<Bytes> keys =
          List.of(suite.readingKey(secret, DEVICE, 1), suite.readingKey(secret, DEVICE, 2));
      List<Bytes> ciphertexts =
          List.of(
              suite.seal(keys.get(0), DEVICE, 1, packs.get(0)),
              suite.seal(keys.get(1), DEVICE, 2, packs.get(1)));
      return new ExampleReadings(packs, keys, ciphertexts, suite);
    }
  }

  static Bytes reading(long time, Optional<BigDecimal> value, Quality quality) {
    return new Reading("power", time, value, "W", quality).encode();
  }

  private List<Digest> cipherLeaves() {
    return ciphertexts.stream()
        .map(each -> ReadingLeaves.ofCiphertext(MerkleHash.of(suite), each))
        .toList();
  }

  private List<Digest> keyLeaves() {
    return keys.stream().map(each -> ReadingLeaves.ofKey(MerkleHash.of(suite), each)).toList();
  }

  Manifest.Roots roots() {
    return new Manifest.Roots(
        MerkleTree.root(MerkleHash.of(suite), cipherLeaves()),
        MerkleTree.root(MerkleHash.of(suite), keyLeaves()));
  }

  ShownReading shown(int item) {
    return new ShownReading(
        item,
        ciphertexts.get(item),
        keys.get(item),
        MerkleTree.inclusion(MerkleHash.of(suite), cipherLeaves(), item).path(),
        MerkleTree.inclusion(MerkleHash.of(suite), keyLeaves(), item).path());
  }
}
