package dev.telltale.agent.outbox;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Manifest.Roots;
import dev.telltale.protocol.message.Manifest.Times;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.TreeHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Goes from stored readings to what a manifest says of them, and from a manifest to a message. */
final class Batches {
  private final TreeHash hash;
  private final Suite suite;
  private final Journal journal;

  Batches(Suite suite, Journal journal) {
    this.suite = suite;
    this.hash = MerkleHash.of(suite);
    this.journal = journal;
  }

  /** Of a run that is synced and gets no further readings. */
  OpenBatch of(Run run, Standing standing) throws IOException {
    List<SealedReading> readings = readings(run.place().first(), run.firstReading(), run.count());
    Roots roots =
        new Roots(
            MerkleTree.root(hash, readings.stream().map(SealedReading::ciphertextLeaf).toList()),
            MerkleTree.root(hash, readings.stream().map(SealedReading::keyLeaf).toList()));
    long from = readings.stream().mapToLong(SealedReading::time).min().orElseThrow();
    long until = readings.stream().mapToLong(SealedReading::time).max().orElseThrow();
    OpenBatch.Content content =
        new OpenBatch.Content(
            run.firstReading(), run.count(), roots, Optional.of(new Times(from, until)));
    return batch(content, key(run), standing, OptionalLong.of(run.place().first()));
  }

  OpenBatch empty(KeyRecord key, Standing standing) {
    Digest none = hash.empty();
    OpenBatch.Content content =
        new OpenBatch.Content(
            standing.counters().nextReading(), 0, new Roots(none, none), Optional.empty());
    return batch(content, key, standing, OptionalLong.empty());
  }

  private static OpenBatch batch(
      OpenBatch.Content content, KeyRecord key, Standing standing, OptionalLong firstAt) {
    Entry.Counters counters = standing.counters();
    OpenBatch.Link link =
        new OpenBatch.Link(
            counters.nextSequence(), standing.previous(), counters.expectedReading());
    return new OpenBatch(link, content, key, standing.challenge(), standing.checkpoint(), firstAt);
  }

  private KeyRecord key(Run run) throws IOException {
    Optional<KeyRecord> key =
        switch (journal.entry(run.place().key())) {
          case Entry.Key(KeyRecord record) -> Optional.of(record);
          case Entry.Snapshot snapshot -> snapshot.key();
          case Entry.Stored _,
              Entry.Frozen _,
              Entry.Closed _,
              Entry.Released _,
              Entry.Challenged _,
              Entry.Skipped _ ->
              Optional.empty();
        };
    return key.orElseThrow(
        () -> new IOException("the outbox has no key for reading " + run.firstReading()));
  }

  private List<SealedReading> readings(long at, long first, int count) throws IOException {
    List<SealedReading> found = new ArrayList<>(count);
    journal.scan(
        at,
        (position, entry) -> {
          if (entry instanceof Entry.Stored(SealedReading reading)
              && reading.number() == first + found.size()) {
            found.add(reading);
          }
          return found.size() < count;
        });
    if (found.size() < count) {
      throw new IOException("reading " + (first + found.size()) + " is not in the outbox");
    }
    return found;
  }

  /** The manifest must say exactly what the batch says. */
  ClosedEnvelope closed(OpenBatch batch, Bytes encoded, Evidence evidence) {
    Manifest manifest;
    try {
      manifest = Manifest.decode(encoded);
    } catch (MalformedException e) {
      throw new IllegalArgumentException("not a manifest", e);
    }
    boolean same =
        new OpenBatch.Link(manifest.sequence(), manifest.previous(), batch.link().expectedReading())
                .equals(batch.link())
            && manifest.firstReading() == batch.content().firstReading()
            && manifest.count() == batch.content().count()
            && manifest.roots().equals(batch.content().roots())
            && batch.content().times().map(manifest.times()::equals).orElse(true)
            && manifest.reason().isPresent() == batch.readingsLost()
            && sealedUnder(batch.key(), manifest)
            && manifest.challenge().equals(batch.challenge().bound())
            && manifest.checkpoint().equals(batch.checkpoint().bound());
    if (!same) {
      throw new IllegalArgumentException("a manifest over something else");
    }
    return new ClosedEnvelope(manifest, encoded, evidence, batch.key().ekey(), batch.firstAt());
  }

  private boolean sealedUnder(KeyRecord key, Manifest manifest) {
    return manifest.ekey().equals(suite.hash(key.ekey().encode()))
        && manifest.recipientSet().equals(key.recipientSet())
        && manifest.boot().sealed().equals(key.bootSeed());
  }

  Envelope message(ClosedEnvelope envelope) throws IOException {
    Manifest manifest = envelope.manifest();
    List<Bytes> ciphertexts =
        envelope.firstAt().isEmpty()
            ? List.of()
            : readings(envelope.firstAt().getAsLong(), manifest.firstReading(), manifest.count())
                .stream()
                .map(SealedReading::ciphertext)
                .toList();
    Evidence evidence = envelope.evidence();
    return new Envelope(
        envelope.encoded(),
        evidence.attest(),
        evidence.signature(),
        evidence.values(),
        envelope.ekey(),
        ciphertexts,
        Optional.empty());
  }
}
