package dev.telltale.verifier;

import static dev.telltale.protocol.message.Samples.NOON;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.Nist;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.RecipientSet;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.reading.Quality;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.MerkleTree;
import dev.telltale.protocol.tlog.ReadingLeaves;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmtPublic;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An envelope that is right, made by a device that can lie in one point and quotes the lie. */
final class SampleEnvelope {
  static final Suite SUITE = new Nist(Providers.jdk());
  static final Bytes SECRET = Samples.fill(0x53, 32);
  static final RecipientSet RECIPIENTS =
      new RecipientSet(1, 1, List.of(Samples.key(5).publicKey()));

  private static final SoftTpm TPM = new SoftTpm();
  private static final PcrValues VALUES = Samples.values();
  private static final Bytes BOOT = Samples.fill(0x0e, 16);

  int suite = 1;
  DeviceId device = Samples.DEVICE;
  Digest recipientSet = SUITE.hash(RECIPIENTS.encode());
  UnaryOperator<Digest> ekeyHash = UnaryOperator.identity();
  P256Key recipient = Samples.key(5);
  UnaryOperator<Bytes> blob = UnaryOperator.identity();
  List<Bytes> packs = List.of(pack("291", NOON), pack("-0.50", NOON + 1_000));
  int uncounted;
  UnaryOperator<Manifest.Roots> roots = UnaryOperator.identity();
  Manifest.Times times = new Manifest.Times(NOON, NOON + 1_000);
  Manifest.LogExtent logExtent = new Manifest.LogExtent(0, SUITE.hash());
  Optional<Bytes> log = Optional.empty();

  static Bytes pack(String value, long time) {
    return new Reading("power", time, Optional.of(new BigDecimal(value)), "W", Quality.GOOD)
        .encode();
  }

  static EnvelopeVerifier.Context context() {
    return new EnvelopeVerifier.Context(
        record(), new AppraisalPolicy(1, VALUES.selection()), RECIPIENTS);
  }

  private static EnrolmentRecord record() {
    try {
      Bytes name = TpmtPublic.parse(TPM.akPublicArea()).name();
      return new EnrolmentRecord(
          Samples.DEVICE,
          "meter-17",
          "north",
          1,
          Grade.SIMULATION,
          TPM.ak().publicKey(),
          name,
          TpmtPublic.parse(TPM.ekPublicArea()).name(),
          0x0007_0055_0011_0000L,
          4);
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  Envelope build() {
    List<Bytes> ciphertexts = new ArrayList<>();
    List<Digest> keys = new ArrayList<>();
    MerkleHash tree = MerkleHash.of(SUITE);
    try (ContentSecret secret = ContentSecret.of(SECRET)) {
      for (Bytes pack : packs) {
        long number = ciphertexts.size() + 1L;
        Bytes key = SUITE.readingKey(secret, device, number);
        keys.add(ReadingLeaves.ofKey(tree, key));
        ciphertexts.add(SUITE.seal(key, device, number, pack));
      }
    }
    List<Digest> leaves =
        ciphertexts.stream().map(each -> ReadingLeaves.ofCiphertext(tree, each)).toList();
    EKey ekey = ekey();
    Manifest manifest =
        new Manifest(
            suite,
            device,
            1,
            Samples.digest(5),
            1,
            packs.size() + uncounted,
            roots.apply(
                new Manifest.Roots(MerkleTree.root(tree, leaves), MerkleTree.root(tree, keys))),
            ekeyHash.apply(SUITE.hash(ekey.encode())),
            recipientSet,
            times,
            new Manifest.BoundChallenge(Samples.digest(0x0c), NOON),
            new Manifest.BoundCheckpoint(
                Samples.digest(1), 5, Samples.digest(2), Samples.digest(3)),
            new Manifest.BootSeeds(BOOT, BOOT),
            logExtent,
            Optional.empty());
    return quoted(manifest.encode(), ekey, ciphertexts);
  }

  private Envelope quoted(Bytes manifest, EKey ekey, List<Bytes> ciphertexts) {
    Digest bound = SUITE.hash(Preimages.envelopeQuote(manifest));
    Bytes attest = TPM.quote(bound, VALUES).build();
    return new Envelope(manifest, attest, TPM.ak().sign(attest), VALUES, ekey, ciphertexts, log);
  }

  private EKey ekey() {
    try (ContentSecret secret = ContentSecret.of(SECRET)) {
      Bytes wrapped =
          SUITE.wrap(secret, recipient.publicKey(), device, recipientSet, new SecureRandom());
      return new EKey(List.of(new EKey.Wrapped(recipient.publicKey().kid(), blob.apply(wrapped))));
    }
  }
}
