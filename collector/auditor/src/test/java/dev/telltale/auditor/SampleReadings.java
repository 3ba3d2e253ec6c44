package dev.telltale.auditor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.bundle.ShownReading;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.Nist;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.ReadingLeaves;
import java.util.ArrayList;
import java.util.List;

/** Packs sealed under one secret, with both trees over them. */
final class SampleReadings {
  private static final Suite SUITE = new Nist(Providers.jdk());
  private static final MerkleHash TREE = MerkleHash.of(SUITE);

  private final List<Bytes> keys = new ArrayList<>();
  private final List<Bytes> ciphertexts = new ArrayList<>();

  SampleReadings(DeviceId device, long first, List<Bytes> packs) {
    try (ContentSecret secret = ContentSecret.of(Samples.fill(0x53, 32))) {
      for (Bytes pack : packs) {
        long number = first + keys.size();
        Bytes key = SUITE.readingKey(secret, device, number);
        keys.add(key);
        ciphertexts.add(SUITE.seal(key, device, number, pack));
      }
    }
  }

  private List<Digest> ciphertextLeaves() {
    return ciphertexts.stream().map(each -> ReadingLeaves.ofCiphertext(TREE, each)).toList();
  }

  private List<Digest> keyLeaves() {
    return keys.stream().map(each -> ReadingLeaves.ofKey(TREE, each)).toList();
  }

  Manifest.Roots roots() {
    return new Manifest.Roots(
        MerkleTree.root(TREE, ciphertextLeaves()), MerkleTree.root(TREE, keyLeaves()));
  }

  ShownReading shown(int item) {
    return new ShownReading(
        item,
        ciphertexts.get(item),
        keys.get(item),
        MerkleTree.inclusion(TREE, ciphertextLeaves(), item).path(),
        MerkleTree.inclusion(TREE, keyLeaves(), item).path());
  }
}
