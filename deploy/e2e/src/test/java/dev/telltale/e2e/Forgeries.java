package dev.telltale.e2e;

import dev.telltale.agent.tpm.AttestationKey;
import dev.telltale.agent.tpm.AttestationKeys;
import dev.telltale.agent.tpm.QualifyingData;
import dev.telltale.agent.tpm.TpmContext;
import dev.telltale.agent.tpm.transport.TpmAddress;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Label;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmHash;
import dev.telltale.protocol.tpm.TpmsAttest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Envelopes with one fault each. */
final class Forgeries {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int HIDDEN = 5;

  private Forgeries() {}

  /** Makes the bytes an attacker sends from the genuine next envelope. */
  @FunctionalInterface
  interface Forgery {
    Envelope of(Scene scene, Stolen stolen) throws Exception;
  }

  /** Changes bytes of an envelope that was genuine. */
  interface Change {
    Envelope in(Envelope genuine);
  }

  /** Changes the manifest before the AK quotes it. */
  interface Claim {
    Manifest in(Manifest genuine, Stolen stolen) throws Exception;
  }

  static Forgery changed(Change change) {
    return (_, stolen) -> change.in(stolen.quoted(stolen.next()));
  }

  static Forgery claimed(Claim claim) {
    return (_, stolen) -> {
      Stolen.Draft draft = stolen.next();
      return stolen.quoted(draft.with(claim.in(draft.manifest(), stolen)));
    };
  }

  static Bytes flipped(Bytes bytes, int index) {
    byte[] array = bytes.toArray();
    array[index] ^= 1;
    return Bytes.of(array);
  }

  static Digest flipped(Digest digest) {
    return new Digest(flipped(digest.value(), 0));
  }

  static Envelope ciphertext(Envelope e) {
    List<Bytes> ciphertexts = new ArrayList<>(e.ciphertexts());
    ciphertexts.set(0, flipped(ciphertexts.getFirst(), 0));
    return new Envelope(
        e.manifest(), e.attest(), e.signature(), e.values(), e.ekey(), ciphertexts, e.log());
  }

  static Envelope ekey(Envelope e) {
    EKey.Wrapped wrapped = e.ekey().recipients().getFirst();
    Bytes blob = flipped(wrapped.blob(), wrapped.blob().length() - 1);
    return new Envelope(
        e.manifest(),
        e.attest(),
        e.signature(),
        e.values(),
        new EKey(List.of(new EKey.Wrapped(wrapped.kid(), blob))),
        e.ciphertexts(),
        e.log());
  }

  static Envelope manifest(Envelope e) {
    return evidence(e, manifestBit(e), e.attest(), e.signature());
  }

  /** The last byte is one of the hash of no log, and any value of it is well formed. */
  private static Bytes manifestBit(Envelope e) {
    return flipped(e.manifest(), e.manifest().length() - 1);
  }

  static Envelope attest(Envelope e) {
    return evidence(e, e.manifest(), flipped(e.attest(), e.attest().length() - 1), e.signature());
  }

  static Envelope signature(Envelope e) {
    return evidence(e, e.manifest(), e.attest(), flipped(e.signature(), 20));
  }

  private static Envelope evidence(Envelope e, Bytes manifest, Bytes attest, Bytes signature) {
    return new Envelope(
        manifest, attest, signature, e.values(), e.ekey(), e.ciphertexts(), e.log());
  }

  /** Register 0 is left out, as if it were not to be seen. */
  static Envelope selection(Stolen stolen) throws Exception {
    PcrSelection rest =
        PcrSelection.of(
            TpmHash.SHA256,
            stolen.identity().selection().banks().firstEntry().getValue().stream()
                .filter(register -> register != 0)
                .toList());
    return stolen.quoted(stolen.next(), rest);
  }

  /** All as the TPM would say it, signed by a key in a file. */
  static Envelope softwareKey(Stolen stolen) throws Exception {
    Stolen.Draft draft = stolen.next();
    Envelope other = stolen.quoted(draft.with(elsewhere(draft.manifest())));
    Bytes manifest = draft.manifest().encode();
    Bytes wanted = QualifyingData.of(Label.ENVELOPE, manifest).digest().value();
    Bytes found = TpmsAttest.parse(other.attest()).extraData();
    Bytes attest = replaced(other.attest(), found, wanted);
    Bytes signature = P256Key.generate(Providers.jdk(), RANDOM).sign(attest);
    return evidence(other, manifest, attest, signature);
  }

  private static Bytes replaced(Bytes in, Bytes found, Bytes wanted) {
    int at = in.toHex().indexOf(found.toHex()) / 2;
    return Bytes.concat(in.slice(0, at), wanted, in.slice(at + found.length(), in.length()));
  }

  private static Manifest elsewhere(Manifest m) {
    return with(m, m.sequence() + 1, m.previous(), m.challenge(), m.checkpoint());
  }

  /** A genuine TPM, with an AK that nobody has enrolled. */
  static Envelope strangersKey(Scene scene, Stolen stolen) throws Exception {
    String address = scene.world().stranger().home().address();
    try (TpmContext tpm = TpmContext.open(TpmAddress.parse(address), RANDOM)) {
      AttestationKey key = new AttestationKeys(tpm, RANDOM).create();
      return Stolen.quoted(stolen.next(), key, tpm, stolen.identity().selection());
    }
  }

  static Manifest inventedNonce(Manifest m) {
    Digest nonce = flipped(m.challenge().nonce());
    return with(
        m,
        m.sequence(),
        m.previous(),
        new Manifest.BoundChallenge(nonce, m.challenge().issued()),
        m.checkpoint());
  }

  static Manifest oldNonce(Manifest m, Stolen stolen) {
    return with(
        m,
        m.sequence(),
        m.previous(),
        stolen.identity().beginning().challenge().bound(),
        m.checkpoint());
  }

  static Manifest forkedPrevious(Manifest m) {
    return with(m, m.sequence(), flipped(m.previous()), m.challenge(), m.checkpoint());
  }

  static Manifest skippedSequence(Manifest m) {
    return with(m, m.sequence() + 1, m.previous(), m.challenge(), m.checkpoint());
  }

  static Manifest forkedLog(Manifest m) {
    Manifest.BoundCheckpoint bound = m.checkpoint();
    return with(
        m,
        m.sequence(),
        m.previous(),
        m.challenge(),
        new Manifest.BoundCheckpoint(
            bound.origin(), bound.size(), flipped(bound.root()), bound.note()));
  }

  /** A second manifest under the number of one that is committed. */
  static Envelope fork(Stolen stolen) throws Exception {
    Manifest last = stolen.last().manifest();
    return stolen.quoted(
        stolen.draft(stolen.device(), last.sequence(), last.previous(), last.firstReading()));
  }

  /** Readings disappear, and no reason is given. */
  static Envelope hiddenLoss(Stolen stolen) throws Exception {
    return stolen.quoted(numbered(stolen, stolen.next().manifest().firstReading() + HIDDEN));
  }

  /** Numbers that are used up are used again. */
  static Envelope reusedNumbers(Stolen stolen) throws Exception {
    return stolen.quoted(numbered(stolen, 1));
  }

  private static Stolen.Draft numbered(Stolen stolen, long first) throws Exception {
    Manifest next = stolen.next().manifest();
    return stolen.draft(stolen.device(), next.sequence(), next.previous(), first);
  }

  private static Manifest with(
      Manifest m,
      long sequence,
      Digest previous,
      Manifest.BoundChallenge challenge,
      Manifest.BoundCheckpoint checkpoint) {
    return new Manifest(
        m.suite(),
        m.device(),
        sequence,
        previous,
        m.firstReading(),
        m.count(),
        m.roots(),
        m.ekey(),
        m.recipientSet(),
        m.times(),
        challenge,
        checkpoint,
        m.boot(),
        m.log(),
        m.reason());
  }
}
