package dev.telltale.collector.export;

import dev.telltale.collector.decrypt.Decryptor;
import dev.telltale.collector.fleet.Attachment;
import dev.telltale.collector.fleet.Commitments;
import dev.telltale.collector.fleet.Device;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.ledger.Ledger;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Label;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Bundle;
import dev.telltale.protocol.bundle.BundledEnrolment;
import dev.telltale.protocol.bundle.BundledEnvelope;
import dev.telltale.protocol.bundle.BundledStatement;
import dev.telltale.protocol.bundle.Place;
import dev.telltale.protocol.bundle.ShownReading;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tlog.TreeHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Collects what a third party needs of one envelope, and shows one reading of it or none. */
public final class BundleMaker {
  private final Ledger ledger;
  private final Fleet fleet;
  private final Decryptor decryptor;
  private final Suite suite;

  public BundleMaker(Ledger ledger, Fleet fleet, Decryptor decryptor, Suite suite) {
    this.ledger = ledger;
    this.fleet = fleet;
    this.decryptor = decryptor;
    this.suite = suite;
  }

  /** One checkpoint, so that all paths lead to the same root. */
  private record Head(long size, Bytes note) {}

  /** Empty when there is no such envelope or item; item -1 shows nothing. */
  public Optional<Bytes> make(Device device, long sequence, long item)
      throws IOException, MalformedException {
    OptionalLong leaf = fleet.leafOf(device.record().device(), sequence);
    if (leaf.isEmpty()) {
      return Optional.empty();
    }
    Attachment.OfEnvelope entry = envelope(leaf.getAsLong());
    Envelope envelope = Envelope.decode(entry.message());
    Manifest manifest = Manifest.decode(envelope.manifest());
    if (item < -1 || item >= manifest.count()) {
      return Optional.empty();
    }
    Head head = head();
    Verdict verdict = Verdict.decode(entry.verdict());
    List<BundledStatement> statements = new ArrayList<>();
    for (long index :
        LongStream.of(0, verdict.policy(), verdict.referenceSet(), invite(device))
            .sorted()
            .distinct()
            .toArray()) {
      statements.add(statement(index, head));
    }
    Bundle bundle =
        new Bundle(
            head.note,
            statements,
            enrolment(device.record().leaf(), head),
            new BundledEnvelope(
                envelope.manifest(),
                envelope.attest(),
                envelope.signature(),
                envelope.values(),
                entry.verdict(),
                place(entry.salt(), leaf.getAsLong(), head)),
            item < 0 ? List.of() : List.of(shown(envelope, manifest, (int) item)));
    return Optional.of(bundle.encode());
  }

  /** The invitation the device enrolled by: it says which group it belongs to. */
  private long invite(Device device) throws IOException, MalformedException {
    long enrolment = device.record().leaf();
    return switch (attachment(enrolment)) {
      case Attachment.OfEnrolment entry ->
          fleet.invitation(entry.ticket()).orElseThrow(() -> notThat(enrolment, "guest")).leaf();
      case Attachment.OfEnvelope _, Attachment.OfStatement _ ->
          throw notThat(enrolment, "enrolment");
    };
  }

  private Head head() throws MalformedException {
    Bytes note = ledger.checkpointNote();
    Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
    return new Head(checkpoint.size(), note);
  }

  private Place place(Bytes salt, long index, Head head) {
    return new Place(salt, index, ledger.inclusion(index, head.size));
  }

  private BundledStatement statement(long index, Head head) throws IOException, MalformedException {
    return switch (attachment(index)) {
      case Attachment.OfStatement(Bytes salt, Bytes signed) ->
          new BundledStatement(signed, place(salt, index, head));
      case Attachment.OfEnvelope _, Attachment.OfEnrolment _ -> throw notThat(index, "statement");
    };
  }

  private BundledEnrolment enrolment(long index, Head head) throws IOException, MalformedException {
    return switch (attachment(index)) {
      case Attachment.OfEnrolment entry -> {
        yield new BundledEnrolment(
            entry.hello(),
            entry.activate(),
            entry.proof(),
            Commitments.facts(entry).encode(),
            place(entry.salt(), index, head),
            entry.result());
      }
      case Attachment.OfEnvelope _, Attachment.OfStatement _ -> throw notThat(index, "enrolment");
    };
  }

  private Attachment.OfEnvelope envelope(long index) throws IOException, MalformedException {
    return switch (attachment(index)) {
      case Attachment.OfEnvelope entry -> entry;
      case Attachment.OfEnrolment _, Attachment.OfStatement _ -> throw notThat(index, "envelope");
    };
  }

  private Attachment attachment(long index) throws IOException, MalformedException {
    return Attachment.decode(ledger.read(index).attachment());
  }

  private static IOException notThat(long index, String kind) {
    return new IOException("leaf " + index + " is no " + kind + ": run fsck");
  }

  private ShownReading shown(Envelope envelope, Manifest manifest, int item)
      throws MalformedException {
    TreeHash tree = MerkleHash.of(suite);
    List<Digest> ciphertexts = new ArrayList<>();
    List<Digest> keys = new ArrayList<>();
    for (int i = 0; i < manifest.count(); i++) {
      ciphertexts.add(tree.leaf(envelope.ciphertexts().get(i)));
      keys.add(tree.leaf(Label.READING_KEY.bytes(), decryptor.readingKey(envelope, manifest, i)));
    }
    return new ShownReading(
        item,
        envelope.ciphertexts().get(item),
        decryptor.readingKey(envelope, manifest, item),
        MerkleTree.inclusion(tree, ciphertexts, item).path(),
        MerkleTree.inclusion(tree, keys, item).path());
  }
}
