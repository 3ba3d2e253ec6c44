package dev.telltale.verifier;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.ReadingLeaves;
import dev.telltale.protocol.tlog.TreeHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens an envelope with its content secret and holds the reading keys and times against the
 * manifest ({@code spec/reading.md}). GCM does not commit to its key, so the tree of keys does.
 */
public final class EnvelopeOpener {
  private final Suite suite;
  private final TreeHash tree;

  public EnvelopeOpener(Suite suite) {
    this.suite = suite;
    this.tree = MerkleHash.of(suite);
  }

  /**
   * Opens every ciphertext.
   *
   * @throws MalformedException with {@code ENVELOPE_KEYS} or {@code ENVELOPE_TIMES}
   */
  public Opening open(Envelope envelope, Manifest manifest, ContentSecret secret)
      throws MalformedException {
    List<Optional<Reading>> readings = new ArrayList<>();
    List<Digest> keys = new ArrayList<>();
    for (int item = 0; item < envelope.ciphertexts().size(); item++) {
      long number = manifest.firstReading() + item;
      Bytes key = suite.readingKey(secret, manifest.device(), number);
      keys.add(ReadingLeaves.ofKey(tree, key));
      readings.add(reading(key, manifest, number, envelope.ciphertexts().get(item)));
    }
    if (!MerkleTree.root(tree, keys).equals(manifest.roots().keys())) {
      throw new MalformedException(
          Check.ENVELOPE_KEYS, 0, "the content secret does not give the keys of the manifest");
    }
    for (Optional<Reading> reading : readings) {
      requireWithin(manifest.times(), reading);
    }
    return new Opening(readings);
  }

  private Optional<Reading> reading(Bytes key, Manifest manifest, long number, Bytes ciphertext) {
    try {
      return Optional.of(Reading.decode(suite.open(key, manifest.device(), number, ciphertext)));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private static void requireWithin(Manifest.Times times, Optional<Reading> reading)
      throws MalformedException {
    if (reading.isEmpty()) {
      return;
    }
    long time = reading.get().timeMillis();
    if (time < times.from() || time > times.until()) {
      throw new MalformedException(
          Check.ENVELOPE_TIMES, 0, time + " is outside " + times.from() + ".." + times.until());
    }
  }
}
