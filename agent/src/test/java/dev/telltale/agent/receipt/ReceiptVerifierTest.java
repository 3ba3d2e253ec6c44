package dev.telltale.agent.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.telltale.agent.outbox.Life;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.message.Tier;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.Leaf;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiptVerifierTest {
  private static final Bytes MANIFEST = Samples.manifest(Optional.empty()).encode();
  private static final Bytes ATTEST = Bytes.utf8("attest");
  private static final long SEQUENCE = 7;

  private final TestLog log = new TestLog();
  private final ReceiptVerifier verifier = new ReceiptVerifier(TestLog.SUITE, log.keys());
  private final HeldCheckpoint held = log.checkpoint();

  private Receipt commit() {
    return log.commit(SEQUENCE, MANIFEST, ATTEST, Tier.AFFIRMING, held);
  }

  private ReceiptOutcome verify(Receipt receipt) {
    return verifier.verify(receipt, MANIFEST, ATTEST, held);
  }

  private void refused(Check check, ReceiptOutcome outcome) {
    assertEquals(check, assertInstanceOf(NotReceipt.class, outcome).check());
  }

  private static Receipt with(Receipt of, long leaf, List<Digest> inclusion, Bytes note) {
    return new Receipt(
        of.sequence(), of.salt(), of.verdict(), leaf, inclusion, note, of.from(), of.consistency());
  }

  @Test
  void receiptOfOwnBytesIsVerifiedAndAdvancesTheCheckpoint() {
    VerifiedReceipt verified = assertInstanceOf(VerifiedReceipt.class, verify(commit()));

    assertEquals(SEQUENCE, verified.sequence());
    assertEquals(TestLog.SUITE.hash(MANIFEST), verified.manifest());
    assertEquals(new Advance(held, log.checkpoint()), verified.advance());
    assertEquals(Tier.AFFIRMING, verified.verdict().tier());
  }

  @Test
  void secondReceiptOfABatchIsVerifiedAtEqualSize() {
    Receipt first = commit();
    HeldCheckpoint now = log.checkpoint();
    Receipt again = log.receipt(SEQUENCE, first.leaf(), first.verdict(), now);

    VerifiedReceipt verified =
        assertInstanceOf(VerifiedReceipt.class, verifier.verify(again, MANIFEST, ATTEST, now));
    assertEquals(new Advance(now, now), verified.advance());
  }

  @Test
  void receiptForAnotherEnvelopeIsRefused() {
    refused(Check.RECEIPT_LEAF, verify(log.commit(8, MANIFEST, ATTEST, Tier.AFFIRMING, held)));
  }

  @Test
  void receiptForOtherBytesIsRefused() {
    Receipt receipt = commit();

    refused(Check.RECEIPT_INCLUSION, verifier.verify(receipt, MANIFEST, Bytes.utf8("other"), held));
    Bytes other = TestLog.verdict(Tier.WARNING).encode();
    refused(
        Check.RECEIPT_INCLUSION,
        verify(
            new Receipt(
                SEQUENCE,
                receipt.salt(),
                other,
                receipt.leaf(),
                receipt.inclusion(),
                receipt.note(),
                receipt.from(),
                receipt.consistency())));
  }

  @Test
  void leafOutsideTheTreeOfTheNoteIsRefused() {
    HeldCheckpoint before = log.checkpoint();
    Receipt receipt = commit();

    refused(
        Check.RECEIPT_INCLUSION,
        verify(with(receipt, receipt.leaf() - 1, receipt.inclusion(), receipt.note())));
    Receipt early =
        new Receipt(
            SEQUENCE,
            receipt.salt(),
            receipt.verdict(),
            receipt.leaf(),
            receipt.inclusion(),
            before.note(),
            before.size(),
            List.of());
    refused(Check.RECEIPT_INCLUSION, verify(early));
  }

  @Test
  void noteOfAnotherKeyIsRefused() {
    Receipt receipt = commit();
    Checkpoint same = new Checkpoint("example.org/log", log.size(), log.root());

    refused(
        Check.RECEIPT_NOTE,
        verify(with(receipt, receipt.leaf(), receipt.inclusion(), new TestLog(2).note(same))));
    refused(
        Check.RECEIPT_NOTE,
        verify(with(receipt, receipt.leaf(), receipt.inclusion(), Bytes.utf8("note"))));
  }

  @Test
  void pathFromAnotherCheckpointIsRefused() {
    log.grow(2);
    HeldCheckpoint later = log.checkpoint();
    Receipt receipt = commit();

    refused(Check.RECEIPT_FROM, verifier.verify(receipt, MANIFEST, ATTEST, later));
  }

  @Test
  void noteSmallerThanTheNewestIsRefused() {
    Receipt receipt = commit();
    log.grow(2);

    refused(Check.RECEIPT_STALE, verifier.verify(receipt, MANIFEST, ATTEST, log.checkpoint()));
  }

  @Test
  void secondRootAtTheSameSizeIsRefused() {
    commit();
    TestLog forked = new TestLog();
    forked.grow(1);
    Receipt receipt = commit();

    refused(
        Check.RECEIPT_FORK,
        verifier.verify(
            with(receipt, receipt.leaf(), receipt.inclusion(), forkedNote()),
            MANIFEST,
            ATTEST,
            log.checkpoint()));
  }

  private Bytes forkedNote() {
    return log.note(
        new Checkpoint("example.org/log", log.size(), TestLog.SUITE.hash(Bytes.utf8("fork"))));
  }

  @Test
  void logWithAnotherHistoryIsRefused() {
    TestLog forked = new TestLog();
    forked.append(Leaf.statement(TestLog.SALT, TestLog.SUITE.hash()));
    HeldCheckpoint other = forked.checkpoint();
    Receipt receipt = commit();
    HeldCheckpoint own = log.checkpoint();
    log.grow(3);
    Receipt later = log.receipt(SEQUENCE, receipt.leaf(), receipt.verdict(), own);

    assertEquals(own.size(), other.size());
    refused(Check.RECEIPT_CONSISTENCY, verifier.verify(later, MANIFEST, ATTEST, other));
  }

  @Test
  void readingsSealedBeforeThisBootAreNeverAffirmed() {
    Manifest sample = Samples.manifest(Optional.empty());
    Bytes manifest =
        new Manifest(
                sample.suite(),
                sample.device(),
                sample.sequence(),
                sample.previous(),
                sample.firstReading(),
                sample.count(),
                sample.roots(),
                sample.ekey(),
                sample.recipientSet(),
                sample.times(),
                sample.challenge(),
                sample.checkpoint(),
                new Manifest.BootSeeds(Life.fill(1, 16), Life.fill(2, 16)),
                sample.log(),
                sample.reason())
            .encode();
    Receipt affirming = log.commit(SEQUENCE, manifest, ATTEST, Tier.AFFIRMING, held);
    Receipt warning = log.commit(SEQUENCE, manifest, ATTEST, Tier.WARNING, held);

    refused(Check.RECEIPT_VERDICT, verifier.verify(affirming, manifest, ATTEST, held));
    assertInstanceOf(VerifiedReceipt.class, verifier.verify(warning, manifest, ATTEST, held));
  }

  @Test
  void enrolmentReceiptIsVerifiedForItsLeafOnly() {
    Digest enrolled = TestLog.SUITE.hash(Bytes.utf8("enrolled"));
    Digest messages = TestLog.SUITE.hash(Bytes.utf8("messages"));
    long index = log.append(Leaf.enrolment(TestLog.SALT, enrolled, messages));
    Receipt receipt = log.receipt(0, index, Bytes.EMPTY, held);

    VerifiedEnrolment verified =
        assertInstanceOf(
            VerifiedEnrolment.class, verifier.verifyEnrolment(receipt, enrolled, messages, held));
    assertEquals(index, verified.leaf());
    assertEquals(log.checkpoint(), verified.checkpoint());
    assertEquals(
        Check.RECEIPT_INCLUSION,
        assertInstanceOf(
                NotReceipt.class, verifier.verifyEnrolment(receipt, messages, enrolled, held))
            .check());
    refused(Check.RECEIPT_LEAF, verify(receipt));
    assertInstanceOf(
        NotReceipt.class, verifier.verifyEnrolment(commit(), enrolled, messages, held));
  }
}
