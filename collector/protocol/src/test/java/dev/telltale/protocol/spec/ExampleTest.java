package dev.telltale.protocol.spec;

import static dev.telltale.protocol.message.Samples.DEVICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Bundle;
import dev.telltale.protocol.bundle.BundledStatement;
import dev.telltale.protocol.bundle.Place;
import dev.telltale.protocol.bundle.ShownReading;
import dev.telltale.protocol.bundle.TrustFile;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Ecdsa;
import dev.telltale.protocol.crypto.HmacSha256;
import dev.telltale.protocol.crypto.Nist;
import dev.telltale.protocol.crypto.PrivateWrapKey;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.OpenTicket;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Proof;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.Statement;
import dev.telltale.protocol.message.TicketFile;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.ConsistencyProof;
import dev.telltale.protocol.tlog.InclusionProof;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.ReadingLeaves;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tpm.TpmsAttest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples of the specification hold together: every hash, MAC, signature and path. */
final class ExampleTest {
  private static final Providers JDK = Providers.jdk();

  private final Suite suite = new Nist(JDK);
  private final MerkleHash tree = MerkleHash.of(suite);
  private final Map<String, Bytes> blocks = new TreeMap<>();

  ExampleTest() {
    SpecFile.all().forEach(file -> blocks.putAll(file.blocks()));
  }

  private Bytes block(String name) {
    return Objects.requireNonNull(blocks.get(name), name);
  }

  private Manifest manifest() throws MalformedException {
    return Manifest.decode(block("manifest"));
  }

  private Envelope envelope() throws MalformedException {
    return Envelope.decode(block("envelope"));
  }

  private Digest payloadHash(String name) throws MalformedException {
    return suite.hash(CoseSign1.decode(block(name)).payload());
  }

  private static Checkpoint opened(Bytes note) throws MalformedException {
    return SignedNote.open(note, ExampleLog.SIGNER.key());
  }

  private static PublicPoint messageKey() {
    return WorkedExample.MESSAGE.publicKey();
  }

  @Test
  void theReadingOpensUnderTheSecretInTheEKey() throws MalformedException {
    EKey ekey = EKey.decode(block("ekey"));
    PrivateWrapKey key = PrivateWrapKey.parse(JDK, WorkedExample.WRAP.pkcs8());
    Bytes blob = ekey.blobFor(key.publicKey().kid()).orElseThrow();

    try (ContentSecret secret = suite.unwrap(blob, key, DEVICE, manifest().recipientSet())) {
      Bytes readingKey = suite.readingKey(secret, DEVICE, 1);
      assertEquals(block("reading-key"), readingKey);
      assertEquals(block("reading"), suite.open(readingKey, DEVICE, 1, block("ciphertext")));
      assertEquals(
          block("reading-decimal"),
          suite.open(
              suite.readingKey(secret, DEVICE, 2), DEVICE, 2, envelope().ciphertexts().get(1)));
    }
  }

  @Test
  void theManifestNamesTheRestOfTheEnvelope() throws MalformedException {
    Manifest manifest = manifest();
    Envelope envelope = envelope();

    assertEquals(block("manifest"), envelope.manifest());
    assertEquals(block("attest"), envelope.attest());
    assertEquals(suite.hash(block("ekey")), manifest.ekey());
    assertEquals(block("ekey"), envelope.ekey().encode());
    assertEquals(payloadHash("recipients-signed"), manifest.recipientSet());
    assertEquals(suite.hash(block("result")), manifest.previous());
    List<Digest> leaves =
        envelope.ciphertexts().stream()
            .map(each -> ReadingLeaves.ofCiphertext(tree, each))
            .toList();
    assertEquals(MerkleTree.root(tree, leaves), manifest.roots().ciphertexts());
    Checkpoint checkpoint = opened(block("checkpoint"));
    assertEquals(Sha256.of(block("checkpoint")), manifest.checkpoint().note());
    assertEquals(checkpoint.size(), manifest.checkpoint().size());
    assertEquals(checkpoint.root(), manifest.checkpoint().root());
    assertEquals(Sha256.of(Bytes.utf8(checkpoint.origin())), manifest.checkpoint().origin());
    assertEquals(
        new Digest(
            HmacSha256.of(
                WorkedExample.CHALLENGE_KEY,
                Preimages.challenge(DEVICE, manifest.challenge().issued()))),
        manifest.challenge().nonce());
  }

  @Test
  void theQuoteIsOverTheManifest() throws MalformedException {
    Envelope envelope = envelope();
    TpmsAttest attest = TpmsAttest.parse(envelope.attest());

    assertEquals(
        suite.hash(Preimages.envelopeQuote(envelope.manifest())).value(), attest.extraData());
    assertEquals(envelope.values().digest(), attest.asQuote().pcrDigest());
    assertTrue(attest.asQuote().covers(envelope.values().selection()));
    assertTrue(
        Ecdsa.verify(JDK, ExampleTpm.AK.publicKey(), envelope.attest(), envelope.signature()));
  }

  @Test
  void theReceiptLeadsFromTheEnvelopeToTheNote() throws MalformedException {
    Receipt receipt = Receipt.decode(block("receipt"));
    Checkpoint checkpoint = opened(receipt.note());
    Leaf leaf =
        Leaf.envelope(
            receipt.salt(),
            suite.hash(block("manifest")),
            suite.hash(block("attest")),
            receipt.verdict());

    assertEquals(block("verdict"), receipt.verdict());
    assertEquals(block("leaf"), leaf.encode());
    assertTrue(
        new InclusionProof(receipt.leaf(), checkpoint.size(), receipt.inclusion())
            .leadsTo(MerkleHash.SHA256, leaf.hash(), checkpoint.root()));
    assertTrue(
        new ConsistencyProof(receipt.from(), checkpoint.size(), receipt.consistency())
            .connects(MerkleHash.SHA256, opened(block("checkpoint")).root(), checkpoint.root()));
  }

  @Test
  void theEnrolmentBindsItsMessages() throws MalformedException {
    Digest hello = payloadHash("hello-signed");
    Digest activated = payloadHash("activate-signed");
    Activate activate = Activate.decode(block("activate"));
    Proof proof = Proof.decode(block("proof"));
    TpmsAttest attest = TpmsAttest.parse(proof.attest());
    Answer.Completed end = (Answer.Completed) Answer.open(JDK, block("enrolled"), messageKey());

    assertEquals(hello, activate.hello());
    assertEquals(
        new Digest(
            HmacSha256.of(WorkedExample.ACTIVATION_SECRET, Preimages.activation(hello, activated))),
        proof.answers().getFirst());
    assertEquals(
        suite
            .hash(Preimages.enrolmentQuote(hello, activated, activate.nonces(), proof.bootSeed()))
            .value(),
        attest.extraData());
    assertTrue(Ecdsa.verify(JDK, ExampleTpm.AK.publicKey(), proof.attest(), proof.signature()));
    assertEquals(hello, end.result().hello());
    assertEquals(activated, end.result().activate());
    assertEquals(suite.hash(block("proof")), end.result().proof());
    Leaf leaf = enrolmentLeaf(end.receipt().salt());
    Checkpoint checkpoint = opened(end.receipt().note());
    assertTrue(
        new InclusionProof(4, checkpoint.size(), end.receipt().inclusion())
            .leadsTo(MerkleHash.SHA256, leaf.hash(), checkpoint.root()));
  }

  private Leaf enrolmentLeaf(Bytes salt) throws MalformedException {
    Bytes messages =
        Preimages.enrolmentMessages(
            payloadHash("hello-signed"),
            payloadHash("activate-signed"),
            suite.hash(block("proof")));
    return Leaf.enrolment(salt, suite.hash(block("enrolment-facts")), suite.hash(messages));
  }

  @Test
  void theTicketOpens() throws MalformedException {
    OpenTicket open = OpenTicket.open(JDK, TicketFile.decode(block("ticket-file")).signed());

    assertEquals(block("invite"), open.invite().encode());
    assertEquals(block("recipients"), open.recipientSetPayload());
    assertTrue(
        CoseSign1.decode(block("hello-signed")).verifiedBy(JDK, open.bootstrapKey().publicKey()));
  }

  @Test
  void signedAnswersOpenUnderTheMessageKey() throws MalformedException {
    Answer refusal = Answer.open(JDK, block("refusal-signed"), messageKey());
    Answer challenge = Answer.open(JDK, block("challenge-signed"), messageKey());

    assertEquals(Sha256.of(block("envelope")), ((Answer.Refused) refusal).refusal().message());
    assertEquals(block("challenge"), ((Answer.Challenged) challenge).challenge().encode());
  }

  @Test
  void everyEntryOfTheBundleIsInTheTree() throws MalformedException {
    Bundle bundle = Bundle.decode(block("bundle"));
    TrustFile trust = TrustFile.decode(block("trust-file"));
    Checkpoint checkpoint = SignedNote.open(bundle.note(), trust.log());

    for (BundledStatement each : bundle.statements()) {
      Statement statement = Statement.open(JDK, each.signed(), trust.operator());
      inTree(
          each.place(),
          Leaf.statement(each.place().salt(), Sha256.of(statement.encode())),
          checkpoint);
    }
    Place enrolment = bundle.enrolment().place();
    inTree(enrolment, enrolmentLeaf(enrolment.salt()), checkpoint);
    inTree(bundle.envelope().place(), Leaf.decode(block("leaf")), checkpoint);
  }

  private static void inTree(Place place, Leaf leaf, Checkpoint checkpoint) {
    assertTrue(
        new InclusionProof(place.index(), checkpoint.size(), place.path())
            .leadsTo(MerkleHash.SHA256, leaf.hash(), checkpoint.root()),
        "leaf " + place.index());
  }

  @Test
  void theReadingShownIsInBothTrees() throws MalformedException {
    ShownReading shown = Bundle.decode(block("bundle")).readings().getFirst();
    Manifest manifest = manifest();

    assertTrue(
        new InclusionProof(shown.item(), manifest.count(), shown.ciphertextPath())
            .leadsTo(
                tree,
                ReadingLeaves.ofCiphertext(tree, shown.ciphertext()),
                manifest.roots().ciphertexts()));
    assertTrue(
        new InclusionProof(shown.item(), manifest.count(), shown.keyPath())
            .leadsTo(tree, ReadingLeaves.ofKey(tree, shown.key()), manifest.roots().keys()));
    assertEquals(block("reading"), suite.open(shown.key(), DEVICE, 1, shown.ciphertext()));
  }
}
