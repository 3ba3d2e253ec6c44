package dev.telltale.collector.fleet;

import dev.telltale.ledger.Entry;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Genesis;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Policy;
import dev.telltale.protocol.message.Proof;
import dev.telltale.protocol.message.ReferenceStatement;
import dev.telltale.protocol.message.Refusal;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.message.Statement;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tpm.TpmsAttest;
import dev.telltale.protocol.tpm.TpmtPublic;
import dev.telltale.verifier.AppraisalPolicy;
import dev.telltale.verifier.EnrolmentRecord;
import dev.telltale.verifier.ReferenceSet;
import dev.telltale.verifier.enrolment.AkChecks;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The fold of the journal. {@link #apply} is called by one thread, at replay and by the committer;
 * everything it puts in is immutable, so any thread may read.
 */
public final class Fleet {
  private final Providers providers;
  private final PublicPoint operator;
  private final Map<DeviceId, Device> devices = new ConcurrentHashMap<>();
  private final Map<Bytes, DeviceId> byEk = new ConcurrentHashMap<>();
  private final Map<DeviceId, LeafIndex> leaves = new ConcurrentHashMap<>();
  private final Map<DeviceId, Invitation> invitations = new ConcurrentHashMap<>();
  private final List<ReferenceSet> references = new CopyOnWriteArrayList<>();
  private volatile Optional<AppraisalPolicy> policy = Optional.empty();

  /** An empty fleet; statements count when this operator signed them. */
  public Fleet(Providers providers, PublicPoint operator) {
    this.providers = providers;
    this.operator = operator;
  }

  /**
   * Takes up an entry that is in the journal at this index.
   *
   * @throws MalformedException when the journal holds what this program would not have written
   */
  public void apply(long leaf, Entry entry) throws MalformedException {
    switch (Attachment.decode(entry.attachment())) {
      case Attachment.OfEnvelope envelope -> applyEnvelope(leaf, envelope);
      case Attachment.OfEnrolment enrolment -> applyEnrolment(leaf, enrolment);
      case Attachment.OfStatement statement -> applyStatement(leaf, statement.statement());
    }
  }

  private void applyEnvelope(long leaf, Attachment.OfEnvelope entry) throws MalformedException {
    Envelope envelope = Envelope.decode(entry.message());
    Manifest manifest = Manifest.decode(envelope.manifest());
    Verdict verdict = Verdict.decode(entry.verdict());
    Device device = devices.get(manifest.device());
    LeafIndex index = leaves.get(manifest.device());
    if (device == null || index == null) {
      throw new IllegalStateException("leaf " + leaf + " is of a device that never enrolled");
    }
    Suite suite = Suite.numbered(manifest.suite(), providers);
    index.add(manifest.sequence(), leaf);
    devices.put(
        manifest.device(),
        device.with(
            device
                .state()
                .after(
                    manifest,
                    suite.hash(envelope.manifest()),
                    TpmsAttest.parse(envelope.attest()),
                    new DeviceState.Placed(leaf, verdict.arrival(), position(envelope)))));
  }

  /** What shows a device, in its own signed words, where we are. */
  public static Refusal.Position position(Envelope envelope) {
    return new Refusal.Committed(envelope.manifest(), envelope.attest(), envelope.signature());
  }

  private void applyEnrolment(long leaf, Attachment.OfEnrolment entry) throws MalformedException {
    Hello hello = Hello.decode(CoseSign1.decode(entry.hello()).payload());
    Proof proof = Proof.decode(entry.proof());
    Bytes payload = CoseSign1.decode(entry.result()).payload();
    Result result = Result.decode(payload);
    Invitation invitation = invitations.get(entry.ticket());
    if (invitation == null) {
      throw new IllegalStateException("leaf " + leaf + " is of a ticket that never was");
    }
    Bytes ek = TpmtPublic.parse(hello.ek().publicArea()).name();
    TpmsAttest attest = TpmsAttest.parse(proof.attest());
    AkChecks.Accepted ak = AkChecks.check(hello.ak());
    EnrolmentRecord record =
        new EnrolmentRecord(
            result.device(),
            result.name(),
            invitation.invite().group(),
            result.suite(),
            entry.grade(),
            ak.point(),
            ak.name(),
            ek,
            attest.firmwareVersion(),
            leaf);
    Digest previous = Suite.numbered(result.suite(), providers).hash(payload);
    DeviceState state =
        new DeviceState(
            0,
            previous,
            result.nextReading(),
            attest.clockInfo(),
            proof.bootSeed(),
            0,
            0,
            leaf,
            0,
            new Refusal.Enrolment(payload));
    invitations.put(entry.ticket(), invitation.usedBy(ek));
    byEk.put(ek, result.device());
    leaves.put(result.device(), new LeafIndex());
    devices.put(result.device(), new Device(record, state));
  }

  private void applyStatement(long leaf, Bytes signed) throws MalformedException {
    switch (Statement.open(providers, signed, operator)) {
      case Genesis _ -> {}
      case Policy next -> policy = Optional.of(new AppraisalPolicy(leaf, next.selection()));
      case ReferenceStatement reference -> references.add(new ReferenceSet(leaf, reference));
      case Invite invite ->
          invitations.put(invite.ticket(), new Invitation(leaf, invite, Set.of()));
    }
  }

  public Optional<Device> device(DeviceId id) {
    return Optional.ofNullable(devices.get(id));
  }

  public Collection<Device> devices() {
    return List.copyOf(devices.values());
  }

  /** The device whose TPM has this endorsement key. */
  public Optional<Device> byEndorsementKey(Bytes ekName) {
    return Optional.ofNullable(byEk.get(ekName)).flatMap(this::device);
  }

  /** Leaf of a committed envelope of the device's current AK. */
  public OptionalLong leafOf(DeviceId device, long sequence) {
    LeafIndex index = leaves.get(device);
    return index == null ? OptionalLong.empty() : index.leafOf(sequence);
  }

  public Optional<Invitation> invitation(DeviceId ticket) {
    return Optional.ofNullable(invitations.get(ticket));
  }

  public Optional<AppraisalPolicy> policy() {
    return policy;
  }

  /** Sets of a group that speak about this moment, the newest last. */
  public List<ReferenceSet> references(String group, long at) {
    return references.stream()
        .filter(set -> set.statement().group().equals(group) && set.statement().activeAt(at))
        .toList();
  }
}
