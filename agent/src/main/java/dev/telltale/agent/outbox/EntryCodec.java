package dev.telltale.agent.outbox;

import dev.telltale.agent.receipt.HeldChallenge;
import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Manifest.BootSeeds;
import dev.telltale.protocol.tpm.PcrValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The bytes of an entry: a CBOR array that begins with a number for its kind. */
final class EntryCodec {
  private static final int KEY = 1;
  private static final int STORED = 2;
  private static final int FROZEN = 3;
  private static final int CLOSED = 4;
  private static final int RELEASED = 5;
  private static final int CHALLENGED = 6;
  private static final int SKIPPED = 7;
  private static final int SNAPSHOT = 8;

  private static final int EKEY = 16 * 1024;

  private EntryCodec() {}

  static Bytes encode(Entry entry) {
    CborWriter out = new CborWriter();
    switch (entry) {
      case Entry.Key(KeyRecord key) -> key(out.array(4).uint(KEY), key);
      case Entry.Stored(SealedReading reading) -> stored(out, reading);
      case Entry.Frozen() -> out.array(1).uint(FROZEN);
      case Entry.Closed(ClosedEnvelope envelope) -> closed(out, envelope);
      case Entry.Released(long sequence, HeldCheckpoint checkpoint) ->
          out.array(3).uint(RELEASED).uint(sequence).bytes(checkpoint.note());
      case Entry.Challenged(HeldChallenge challenge, HeldCheckpoint checkpoint) ->
          out.array(3).uint(CHALLENGED).bytes(challenge.encoded()).bytes(checkpoint.note());
      case Entry.Skipped(long nextReading) -> out.array(2).uint(SKIPPED).uint(nextReading);
      case Entry.Snapshot snapshot -> snapshot(out, snapshot);
    }
    return out.toBytes();
  }

  private static void key(CborWriter out, KeyRecord key) {
    out.bytes(key.ekey().encode()).bytes(key.recipientSet().value()).bytes(key.bootSeed());
  }

  private static void stored(CborWriter out, SealedReading reading) {
    out.array(6).uint(STORED).uint(reading.number()).uint(reading.time());
    out.bytes(reading.ciphertext());
    out.bytes(reading.ciphertextLeaf().value()).bytes(reading.keyLeaf().value());
  }

  private static void closed(CborWriter out, ClosedEnvelope envelope) {
    Evidence evidence = envelope.evidence();
    out.array(7).uint(CLOSED).bytes(envelope.encoded());
    out.bytes(evidence.attest()).bytes(evidence.signature()).encoded(evidence.values().encode());
    out.bytes(envelope.ekey().encode()).array(envelope.firstAt().isPresent() ? 1 : 0);
    envelope.firstAt().ifPresent(out::uint);
  }

  private static void snapshot(CborWriter out, Entry.Snapshot snapshot) {
    Entry.Counters counters = snapshot.counters();
    out.array(8).uint(SNAPSHOT).bytes(snapshot.enrolment().value());
    out.array(5).uint(counters.nextReading()).uint(counters.expectedReading());
    out.uint(counters.nextSequence()).uint(counters.oldest()).uint(counters.notStored());
    out.bytes(snapshot.previous().value());
    out.bytes(snapshot.checkpoint().note()).bytes(snapshot.challenge().encoded());
    out.array(snapshot.key().isPresent() ? 3 : 0);
    snapshot.key().ifPresent(key -> key(out, key));
    out.array(snapshot.runs().size());
    for (Run run : snapshot.runs()) {
      out.array(6).uint(run.place().key()).uint(run.place().first()).uint(run.firstReading());
      out.uint(run.count()).uint(run.bytes()).uint(run.frozen() ? 1 : 0);
    }
  }

  static Entry decode(Bytes encoded) throws MalformedException {
    CborReader in = new CborReader(encoded);
    int elements = in.array(1, 8);
    int kind = (int) in.uint(KEY, SNAPSHOT);
    Entry entry =
        switch (kind) {
          case KEY -> new Entry.Key(key(in));
          case STORED -> new Entry.Stored(stored(in));
          case FROZEN -> new Entry.Frozen();
          case CLOSED -> new Entry.Closed(closed(in));
          case RELEASED -> new Entry.Released(number(in), checkpoint(in));
          case CHALLENGED -> new Entry.Challenged(challenge(in), checkpoint(in));
          case SKIPPED -> new Entry.Skipped(number(in));
          default -> snapshot(in);
        };
    if (!in.complete()) {
      throw in.malformed(Check.FORM_SIZE, elements + " elements in a record of kind " + kind);
    }
    in.end();
    return entry;
  }

  private static long number(CborReader in) throws MalformedException {
    return in.uint(0, Limits.NUMBER);
  }

  private static Digest digest(CborReader in) throws MalformedException {
    return new Digest(in.bytes(Digest.LENGTH));
  }

  private static HeldCheckpoint checkpoint(CborReader in) throws MalformedException {
    return HeldCheckpoint.stored(in.bytes(1, Limits.NOTE));
  }

  private static HeldChallenge challenge(CborReader in) throws MalformedException {
    return HeldChallenge.stored(in.bytes(1, Limits.ANSWER));
  }

  private static KeyRecord key(CborReader in) throws MalformedException {
    return new KeyRecord(EKey.decode(in.bytes(1, EKEY)), digest(in), in.bytes(BootSeeds.LENGTH));
  }

  private static SealedReading stored(CborReader in) throws MalformedException {
    return new SealedReading(
        in.uint(1, Limits.NUMBER),
        number(in),
        in.bytes(1, Limits.CIPHERTEXT),
        digest(in),
        digest(in));
  }

  private static ClosedEnvelope closed(CborReader in) throws MalformedException {
    Bytes manifest = in.bytes(1, Limits.MANIFEST);
    Evidence evidence =
        new Evidence(in.bytes(1, Limits.ATTEST), in.bytes(Limits.SIGNATURE), PcrValues.read(in));
    EKey ekey = EKey.decode(in.bytes(1, EKEY));
    OptionalLong firstAt = in.array(0, 1) == 1 ? OptionalLong.of(number(in)) : OptionalLong.empty();
    return new ClosedEnvelope(Manifest.decode(manifest), manifest, evidence, ekey, firstAt);
  }

  private static Entry.Snapshot snapshot(CborReader in) throws MalformedException {
    Digest enrolment = digest(in);
    in.array(5, 5);
    Entry.Counters counters =
        new Entry.Counters(number(in), number(in), number(in), number(in), number(in));
    return new Entry.Snapshot(
        enrolment,
        counters,
        digest(in),
        checkpoint(in),
        challenge(in),
        in.array(0, 3) == 3 ? Optional.of(key(in)) : Optional.empty(),
        runs(in));
  }

  private static List<Run> runs(CborReader in) throws MalformedException {
    int size = in.array(0, Limits.ELEMENTS);
    List<Run> runs = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      in.array(6, 6);
      runs.add(
          new Run(
              new Place(number(in), number(in)),
              number(in),
              (int) in.uint(1, Limits.READINGS_PER_ENVELOPE),
              (int) in.uint(1, Run.BYTES),
              in.uint(0, 1) == 1));
    }
    return runs;
  }
}
