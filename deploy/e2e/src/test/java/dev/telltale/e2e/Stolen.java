package dev.telltale.e2e;

import dev.telltale.agent.enrolment.Identity;
import dev.telltale.agent.enrolment.StateDirectory;
import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.agent.tpm.AttestationKey;
import dev.telltale.agent.tpm.QualifyingData;
import dev.telltale.agent.tpm.QuotedEvidence;
import dev.telltale.agent.tpm.Quoter;
import dev.telltale.agent.tpm.TpmContext;
import dev.telltale.agent.tpm.transport.TpmAddress;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Label;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Challenge;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.RecipientSet;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.ReadingLeaves;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tlog.TreeHash;
import dev.telltale.protocol.tpm.PcrSelection;
import java.io.IOException;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device in the hands of an attacker: its disk, its certificate, and its TPM, whose AK quotes
 * whatever the attacker writes but gives away no key. Builds the genuine next envelope, so that an
 * attack can have exactly one fault.
 */
final class Stolen implements AutoCloseable {
  private static final int READINGS = 2;

  private final World world;
  private final Identity identity;
  private final TpmContext tpm;
  private final Intruder line;
  private final Suite suite;
  private final SecureRandom random = new SecureRandom();
  private Optional<Bytes> bootSeed = Optional.empty();

  private Stolen(World world, Identity identity, TpmContext tpm, Intruder line, Suite suite) {
    this.world = world;
    this.identity = identity;
    this.tpm = tpm;
    this.line = line;
    this.suite = suite;
  }

  /** The agent of the device has to be stopped. */
  static Stolen take(World world, Device device)
      throws IOException, InterruptedException, TpmException, MalformedException {
    Providers providers = Providers.jdk();
    Identity identity = identity(device);
    Identity.Keys keys = identity.keys();
    Intruder line =
        Intruder.as(
            identity.device(),
            new Intruder.Pass(
                identity.broker().address(),
                identity.broker().authority(),
                keys.chain(),
                keys.tls().privateKey()),
            providers,
            identity.pins().message());
    TpmContext tpm = TpmContext.open(TpmAddress.parse(device.tpm()), new SecureRandom());
    return new Stolen(world, identity, tpm, line, Suite.numbered(identity.suite(), providers));
  }

  static Identity identity(Device device) throws IOException {
    return StateDirectory.peek(device.state(), Providers.jdk())
        .orElseThrow(() -> new IOException(device.name() + " is not enrolled"));
  }

  Identity identity() {
    return identity;
  }

  DeviceId device() {
    return identity.device();
  }

  Intruder line() {
    return line;
  }

  Suite suite() {
    return suite;
  }

  /** An envelope before the TPM has quoted it. */
  record Draft(Manifest manifest, EKey ekey, List<Bytes> ciphertexts) {
    Draft with(Manifest other) {
      return new Draft(other, ekey, ciphertexts);
    }
  }

  /** From now on the manifests tell of another boot, as after an honest one. */
  void boot() {
    bootSeed = Optional.of(drawn(Manifest.BootSeeds.LENGTH));
  }

  /** The newest of this device in the log. */
  Journal.Committed last() throws IOException {
    return Journal.read(world.collector().journal()).of(device()).getLast();
  }

  /** What the honest agent would write next. */
  Draft next() throws IOException, InterruptedException, MalformedException {
    Journal.Committed last = last();
    return draft(
        device(),
        last.manifest().sequence() + 1,
        suite.hash(last.envelope().manifest()),
        last.manifest().nextReading());
  }

  /** An envelope in the name of any device. */
  Draft draft(DeviceId device, long sequence, Digest previous, long first)
      throws IOException, InterruptedException, MalformedException {
    HeldCheckpoint begun = identity.beginning().checkpoint();
    Challenge challenge = line.challenge(begun.size(), begun.root());
    Bytes note =
        SignedNote.parse(challenge.note()).reducedTo(List.of(identity.pins().log().log())).encode();
    RecipientSet recipients = RecipientSet.decode(identity.pins().recipients());
    Digest recipientSet = suite.hash(identity.pins().recipients());
    TreeHash tree = MerkleHash.of(suite);
    List<Bytes> ciphertexts = new ArrayList<>();
    List<Digest> ciphertextLeaves = new ArrayList<>();
    List<Digest> keyLeaves = new ArrayList<>();
    long now = System.currentTimeMillis();
    EKey ekey;
    try (ContentSecret secret = ContentSecret.of(drawn(ContentSecret.LENGTH))) {
      ekey =
          new EKey(
              List.of(
                  new EKey.Wrapped(
                      recipients.kids().getFirst(),
                      suite.wrap(
                          secret, recipients.points().getFirst(), device, recipientSet, random))));
      for (long number = first; number < first + READINGS; number++) {
        Reading reading =
            new Reading("stolen", now, Optional.of(BigDecimal.valueOf(number)), "", Quality.GOOD);
        Bytes key = suite.readingKey(secret, device, number);
        Bytes ciphertext = suite.seal(key, device, number, reading.encode());
        ciphertexts.add(ciphertext);
        ciphertextLeaves.add(ReadingLeaves.ofCiphertext(tree, ciphertext));
        keyLeaves.add(ReadingLeaves.ofKey(tree, key));
      }
    }
    Bytes seed = bootSeed.isPresent() ? bootSeed.get() : last().manifest().boot().now();
    Manifest manifest =
        new Manifest(
            suite.number(),
            device,
            sequence,
            previous,
            first,
            READINGS,
            new Manifest.Roots(
                MerkleTree.root(tree, ciphertextLeaves), MerkleTree.root(tree, keyLeaves)),
            suite.hash(ekey.encode()),
            recipientSet,
            new Manifest.Times(now, now),
            new Manifest.BoundChallenge(challenge.nonce(), challenge.issued()),
            HeldCheckpoint.stored(note).bound(),
            new Manifest.BootSeeds(seed, seed),
            new Manifest.LogExtent(0, suite.hash()),
            Optional.empty());
    return new Draft(manifest, ekey, ciphertexts);
  }

  private Bytes drawn(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  /** Quoted by this device's AK over the registers the policy demands. */
  Envelope quoted(Draft draft) throws TpmException {
    return quoted(draft, identity.keys().attestation(), tpm, identity.selection());
  }

  Envelope quoted(Draft draft, PcrSelection selection) throws TpmException {
    return quoted(draft, identity.keys().attestation(), tpm, selection);
  }

  static Envelope quoted(Draft draft, AttestationKey key, TpmContext tpm, PcrSelection selection)
      throws TpmException {
    Bytes manifest = draft.manifest().encode();
    QuotedEvidence evidence =
        new Quoter(tpm).quote(key, QualifyingData.of(Label.ENVELOPE, manifest), selection);
    return new Envelope(
        manifest,
        evidence.attest(),
        evidence.signature(),
        evidence.values(),
        draft.ekey(),
        draft.ciphertexts(),
        Optional.empty());
  }

  @Override
  public void close() {
    tpm.close();
    line.close();
  }
}
