package dev.telltale.collector.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.collector.commit.Work.Outcome;
import dev.telltale.collector.fleet.Device;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.ledger.Ledger;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Code;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Policy;
import dev.telltale.protocol.message.ReferenceStatement;
import dev.telltale.protocol.message.ReferenceValues;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.message.Statement;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import dev.telltale.protocol.tlog.InclusionProof;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tpm.TpmHash;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitterTest {
  static final Digest RECIPIENTS = Sha256.of(Bytes.utf8("recipients"));

  private static final Providers JDK = Providers.jdk();
  private static final long NOW = 1_795_000_000_000L;
  private static final DeviceId TICKET = new DeviceId(Bytes.hex("7e".repeat(16)));
  private static final DeviceId ID = new DeviceId(Bytes.hex("1d".repeat(16)));

  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
  private final P256Key operator = P256Key.generate(JDK, random);
  private final P256Key messages = P256Key.generate(JDK, random);
  private final Ed25519NoteSigner log = Ed25519NoteSigner.generate("example.org/log", random);
  private final Nonces nonces = new Nonces(JDK, Bytes.hex("aa".repeat(32)));
  private final SoftDevice device = new SoftDevice(TICKET);
  private final BlockingQueue<Bytes> answers = new LinkedBlockingQueue<>();

  @TempDir Path directory;

  private Ledger ledger;
  private Fleet fleet;
  private Committer committer;

  @BeforeEach
  void start() throws Exception {
    ledger = Ledger.open(directory, new Ledger.Setup(log, clock, random));
    fleet = new Fleet(JDK, operator.publicKey());
    committer =
        Committer.over(
            new Committer.World(
                ledger,
                fleet,
                new Refusals(),
                clock,
                random,
                (_, message, done) -> {
                  answers.add(message);
                  done.run();
                }),
            new Committer.Rules(log, messages, nonces, RECIPIENTS, Duration.ofDays(7)),
            () -> {});
    committer.start();
    state(new Policy(1, device.values(SoftDevice.FIRST).selection(), NOW));
    state(new Invite(1, TICKET, NOW, 1, "north", List.of(Grade.SIMULATION), operator.publicKey()));
    enrol();
  }

  @AfterEach
  void stop() throws Exception {
    committer.stop();
    ledger.close();
  }

  private Outcome state(Statement statement) throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    committer.submit(
        new Work.Statement(
            CoseSign1.sign(operator, statement.kind(), statement.encode()), outcome));
    return outcome.get(10, TimeUnit.SECONDS);
  }

  private Outcome enrol() throws Exception {
    return enrol(1);
  }

  private Outcome enrol(long from) throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Work.EnrolmentRequest request =
        new Work.EnrolmentRequest(
            TICKET,
            Grade.SIMULATION,
            dev.telltale.protocol.tpm.TpmtPublic.parse(device.ek()).name(),
            device.hello(),
            device.activate(),
            device.proof(),
            from,
            known -> result(known));
    committer.submit(new Work.Enrolment(request, outcome));
    return outcome.get(10, TimeUnit.SECONDS);
  }

  private CoseSign1 result(Optional<Device> known) {
    Digest any = Sha256.of(Bytes.utf8("any"));
    Result result =
        new Result(
            1,
            Bytes.hex("c0".repeat(16)),
            any,
            any,
            any,
            ID,
            Bytes.hex("30"),
            List.of(),
            known.map(each -> each.state().nextReading()).orElse(1L),
            known.map(each -> new Result.Closing(each.state().sequence(), each.state().previous())),
            "meter-17");
    return CoseSign1.sign(messages, Result.KIND, result.encode());
  }

  private void accept(SoftDevice.Moment moment) throws Exception {
    state(
        new ReferenceStatement(
            "north",
            1,
            new ReferenceValues(
                new TreeMap<>(
                    Map.of(
                        TpmHash.SHA256.algorithm(),
                        new TreeMap<>(
                            Map.of(
                                0,
                                List.of(
                                    device
                                        .values(moment)
                                        .value(TpmHash.SHA256.algorithm(), 0)
                                        .orElseThrow())))))),
            0,
            0,
            "test",
            NOW));
  }

  private Device known() {
    return fleet.device(ID).orElseThrow();
  }

  private Manifest.BoundChallenge challenge(long issued) {
    return new Manifest.BoundChallenge(nonces.nonce(ID, issued), issued);
  }

  private Manifest.BoundCheckpoint checkpoint(long size) {
    Checkpoint at = new Checkpoint("example.org/log", size, ledger.rootAt(size).orElseThrow());
    return new Manifest.BoundCheckpoint(
        Sha256.of(Bytes.utf8("example.org/log")),
        size,
        at.root(),
        Sha256.of(SignedNote.sign(at.text(), List.of(log)).encode()));
  }

  private Manifest first() {
    return SoftDevice.manifest(ID, known().state().previous(), challenge(NOW), checkpoint(3));
  }

  private Answer send(Manifest manifest, SoftDevice.Moment moment) throws Exception {
    Verified claim = device.claim(manifest, moment, known().record());
    committer.submit(new Work.Claim(claim, new Reply(ID, claim.message(), () -> {})));
    while (true) {
      Bytes message = answers.poll(10, TimeUnit.SECONDS);
      Answer answer = Answer.open(JDK, message, messages.publicKey());
      if (!(answer instanceof Answer.Challenged)) {
        return answer;
      }
    }
  }

  private static void assertRefused(Code code, String check, Answer answer) {
    if (answer instanceof Answer.Refused(var refusal, _)) {
      assertEquals(check, refusal.check());
      assertEquals(code, refusal.code());
    } else {
      throw new AssertionError("not refused: " + answer);
    }
  }

  private static Manifest with(Manifest m, Change change) {
    return new Manifest(
        m.suite(),
        m.device(),
        change.sequence,
        change.previous,
        change.firstReading,
        m.count(),
        m.roots(),
        m.ekey(),
        change.recipients,
        m.times(),
        change.challenge,
        change.checkpoint,
        change.boot,
        m.log(),
        change.reason);
  }

  /** The fields the serial checks are about, to be changed one at a time. */
  private static final class Change {
    private long sequence;
    private Digest previous;
    private long firstReading;
    private Digest recipients;
    private Manifest.BoundChallenge challenge;
    private Manifest.BoundCheckpoint checkpoint;
    private Manifest.BootSeeds boot;
    private Optional<dev.telltale.protocol.message.Reason> reason;

    private Change(Manifest m) {
      sequence = m.sequence();
      previous = m.previous();
      firstReading = m.firstReading();
      recipients = m.recipientSet();
      challenge = m.challenge();
      checkpoint = m.checkpoint();
      boot = m.boot();
      reason = m.reason();
    }
  }

  private interface Edit {
    void on(Change change);
  }

  private Answer sendChanged(Edit edit) throws Exception {
    accept(SoftDevice.FIRST);
    Change change = new Change(first());
    edit.on(change);
    return send(with(first(), change), SoftDevice.FIRST);
  }

  @Test
  void anEnvelopeThatContinuesTheChainGetsAReceiptThatProvesItsLeaf() throws Exception {
    accept(SoftDevice.FIRST);
    Manifest manifest = first();

    Answer answer = send(manifest, SoftDevice.FIRST);

    if (!(answer instanceof Answer.Committed(var receipt))) {
      throw new AssertionError("not committed: " + answer);
    }
    Verified claim = device.claim(manifest, SoftDevice.FIRST, known().record());
    Leaf leaf =
        Leaf.envelope(
            receipt.salt(),
            Sha256.of(manifest.encode()),
            Sha256.of(claim.envelope().attest()),
            receipt.verdict());
    Checkpoint head = SignedNote.open(receipt.note(), log.key());
    assertTrue(
        new InclusionProof(receipt.leaf(), head.size(), receipt.inclusion())
            .leadsTo(MerkleHash.SHA256, leaf.hash(), head.root()));
    assertEquals(Tier.AFFIRMING, Verdict.decode(receipt.verdict()).tier());
  }

  @Test
  void theSameEnvelopeAgainGetsTheSameLeafAndNothingIsCommittedTwice() throws Exception {
    accept(SoftDevice.FIRST);
    Manifest manifest = first();
    Answer once = send(manifest, SoftDevice.FIRST);
    long size = ledger.size();

    Answer again = send(manifest, SoftDevice.FIRST);

    assertEquals(
        ((Answer.Committed) once).receipt().leaf(), ((Answer.Committed) again).receipt().leaf());
    assertEquals(size, ledger.size());
  }

  @Test
  void anotherManifestForACommittedNumberIsAFork() throws Exception {
    accept(SoftDevice.FIRST);
    send(first(), SoftDevice.FIRST);
    Manifest fork =
        SoftDevice.manifest(
            ID, Sha256.of(Bytes.utf8("another")), challenge(NOW + 1), checkpoint(3));

    assertRefused(Code.REWIND, "order.fork", send(fork, SoftDevice.FIRST));
  }

  @Test
  void withoutAReferenceSetTheDeviceHolds() throws Exception {
    assertRefused(Code.HOLD, "reference.none", send(first(), SoftDevice.FIRST));
  }

  @Test
  void aChangedRegisterHoldsUntilTheOperatorAcceptsIt() throws Exception {
    accept(SoftDevice.FIRST);
    SoftDevice.Moment changed = new SoftDevice.Moment(2_000, 1, 0x22);

    assertRefused(Code.HOLD, "reference.values", send(first(), changed));
    accept(changed);

    assertTrue(send(first(), changed) instanceof Answer.Committed);
  }

  @Test
  void aMissingEnvelopeIsNoticed() throws Exception {
    assertRefused(Code.REWIND, "order.sequence", sendChanged(change -> change.sequence = 2));
  }

  @Test
  void aManifestThatContinuesAnotherOneIsRefused() throws Exception {
    assertRefused(
        Code.REWIND,
        "order.previous",
        sendChanged(change -> change.previous = Sha256.of(Bytes.utf8("another"))));
  }

  @Test
  void missingReadingsNeedAReason() throws Exception {
    assertRefused(Code.HOLD, "order.reason", sendChanged(change -> change.firstReading = 5));
  }

  @Test
  void aNonceThatWasNeverGivenIsRefused() throws Exception {
    assertRefused(
        Code.HOLD,
        "challenge.nonce",
        sendChanged(change ->
            change.challenge = new Manifest.BoundChallenge(Sha256.of(Bytes.utf8("guess")), NOW)));
  }

  @Test
  void aNonceOlderThanTheLastOneBoundIsRefused() throws Exception {
    accept(SoftDevice.FIRST);
    send(first(), SoftDevice.FIRST);
    Change change = new Change(first());
    change.sequence = 2;
    change.challenge = challenge(NOW - 1);

    assertRefused(Code.HOLD, "challenge.old", send(with(first(), change), SoftDevice.FIRST));
  }

  @Test
  void aCheckpointOfAnotherLogIsRefused() throws Exception {
    Digest other = Sha256.of(Bytes.utf8("example.org/other"));
    assertRefused(
        Code.HOLD,
        "checkpoint.origin",
        sendChanged(change ->
            change.checkpoint =
                new Manifest.BoundCheckpoint(
                    other,
                    change.checkpoint.size(),
                    change.checkpoint.root(),
                    change.checkpoint.note())));
  }

  @Test
  void aCheckpointThatWasNeverPublishedIsRefused() throws Exception {
    assertRefused(
        Code.HOLD,
        "checkpoint.unknown",
        sendChanged(change ->
            change.checkpoint =
                new Manifest.BoundCheckpoint(
                    change.checkpoint.origin(),
                    99,
                    change.checkpoint.root(),
                    change.checkpoint.note())));
  }

  @Test
  void aCheckpointSmallerThanTheLastOneBoundIsRefused() throws Exception {
    accept(SoftDevice.FIRST);
    send(first(), SoftDevice.FIRST);
    Change change = new Change(first());
    change.sequence = 2;
    change.checkpoint = checkpoint(2);

    assertRefused(Code.HOLD, "checkpoint.old", send(with(first(), change), SoftDevice.FIRST));
  }

  @Test
  void anotherRecipientSetIsRefused() throws Exception {
    assertRefused(
        Code.HOLD,
        "recipients.unknown",
        sendChanged(change -> change.recipients = Sha256.of(Bytes.EMPTY)));
  }

  @Test
  void aClockThatRanBackIsRefused() throws Exception {
    accept(SoftDevice.FIRST);

    assertRefused(Code.HOLD, "clock.back", send(first(), new SoftDevice.Moment(999, 1, 0x11)));
  }

  @Test
  void aTpmResetWithoutItsMachineIsRefusedAndWithItIsNot() throws Exception {
    accept(SoftDevice.FIRST);
    SoftDevice.Moment reset = new SoftDevice.Moment(5, 2, 0x11);

    assertRefused(Code.HOLD, "clock.boot", send(first(), reset));
    Change change = new Change(first());
    change.boot = new Manifest.BootSeeds(SoftDevice.NEXT_BOOT, SoftDevice.NEXT_BOOT);

    assertTrue(send(with(first(), change), reset) instanceof Answer.Committed);
  }

  @Test
  void readingsSealedBeforeThisBootAreAWarning() throws Exception {
    accept(SoftDevice.FIRST);
    Change change = new Change(first());
    change.boot = new Manifest.BootSeeds(SoftDevice.NEXT_BOOT, SoftDevice.BOOT);

    Answer answer = send(with(first(), change), new SoftDevice.Moment(5, 2, 0x11));

    Verdict verdict = Verdict.decode(((Answer.Committed) answer).receipt().verdict());
    assertEquals(Tier.WARNING, verdict.tier());
    assertEquals(List.of("sealed-before-boot"), verdict.reasons());
  }

  @Test
  void theSameMachineEnrolledAgainKeepsItsIdentityAndItsEarlierKeyIsClosed() throws Exception {
    accept(SoftDevice.FIRST);
    send(first(), SoftDevice.FIRST);
    long enrolledAt = known().record().leaf();
    Verified late = device.claim(first(), SoftDevice.FIRST, known().record());

    assertTrue(enrol() instanceof Outcome.Placed);
    committer.submit(new Work.Claim(late, new Reply(ID, late.message(), () -> {})));

    Bytes message = answers.poll(10, TimeUnit.SECONDS);
    while (Answer.open(JDK, message, messages.publicKey()) instanceof Answer.Challenged) {
      message = answers.poll(10, TimeUnit.SECONDS);
    }
    assertRefused(Code.HOLD, "quote.signer", Answer.open(JDK, message, messages.publicKey()));
    assertTrue(known().record().leaf() > enrolledAt);
    assertEquals(0, known().state().sequence());
  }

  @Test
  void anEnrolmentFromACheckpointThisLogNeverHadIsRefusedAndNothingElseSuffers() throws Exception {
    accept(SoftDevice.FIRST);
    long size = ledger.size();

    Outcome outcome = enrol(size + 1);

    if (!(outcome instanceof Outcome.NotPlaced(Refused why))) {
      throw new AssertionError("not refused: " + outcome);
    }
    assertEquals("checkpoint.unknown", why.check().text());
    assertEquals(size, ledger.size());
    assertTrue(send(first(), SoftDevice.FIRST) instanceof Answer.Committed);
  }

  @Test
  void aRestartIsApplyOverTheJournal() throws Exception {
    accept(SoftDevice.FIRST);
    send(first(), SoftDevice.FIRST);
    committer.stop();

    Fleet replayed = new Fleet(JDK, operator.publicKey());
    ledger.replay(
        0,
        (leaf, entry) -> {
          try {
            replayed.apply(leaf, entry);
          } catch (dev.telltale.protocol.MalformedException e) {
            throw new java.io.IOException(e);
          }
          return true;
        });

    assertEquals(fleet.device(ID), replayed.device(ID));
    assertEquals(fleet.invitation(TICKET), replayed.invitation(TICKET));
    assertEquals(fleet.policy(), replayed.policy());
    assertEquals(fleet.references("north", NOW), replayed.references("north", NOW));
    assertEquals(fleet.leafOf(ID, 1), replayed.leafOf(ID, 1));
  }
}
