package dev.telltale.e2e;

import java.util.Arrays;
import java.util.Optional;

/** What an attacker tries, and how it has to end. */
enum Attack {
  EDATA_BIT(
      "edata-bit",
      "one bit of an encrypted reading is changed on the way",
      Expected.hold("envelope.ciphertexts"),
      Forgeries.changed(Forgeries::ciphertext)),
  EKEY_BIT(
      "ekey-bit",
      "one bit of the wrapped content secret is changed on the way",
      Expected.hold("envelope.ekey-hash"),
      Forgeries.changed(Forgeries::ekey)),
  MANIFEST_BIT(
      "manifest-bit",
      "one bit of the manifest is changed after the quote",
      Expected.hold("quote.qualifying"),
      Forgeries.changed(Forgeries::manifest)),
  ATTEST_BIT(
      "attest-bit",
      "one bit of what the TPM attested is changed",
      Expected.hold("quote.signature"),
      Forgeries.changed(Forgeries::attest)),
  SIGNATURE_BIT(
      "signature-bit",
      "one bit of the quote's signature is changed",
      Expected.hold("quote.signature"),
      Forgeries.changed(Forgeries::signature)),
  WRONG_TOPIC(
      "wrong-topic",
      "an honest device's envelope, sent with another device's certificate",
      Expected.hold("device.topic"),
      Scenes::wrongTopic),
  UNKNOWN_DEVICE(
      "unknown-device",
      "the holder of a ticket sends readings without having enrolled",
      Expected.hold("device.unknown"),
      Scenes::unknownDevice),
  WRONG_SELECTION(
      "wrong-selection",
      "a genuine quote that leaves register 0 out",
      Expected.hold("quote.selection"),
      (_, stolen) -> Forgeries.selection(stolen)),
  INVENTED_NONCE(
      "invented-nonce",
      "a genuine quote over a nonce the collector never gave",
      Expected.hold("challenge.nonce"),
      Forgeries.claimed((genuine, _) -> Forgeries.inventedNonce(genuine))),
  OLD_NONCE(
      "old-nonce",
      "a genuine quote over a nonce older than the last one bound",
      Expected.hold("challenge.old"),
      Forgeries.claimed(Forgeries::oldNonce)),
  FORKED_PREVIOUS(
      "forked-previous",
      "a genuine quote over a manifest that goes on from another history",
      Expected.rewind("order.previous"),
      Forgeries.claimed((genuine, _) -> Forgeries.forkedPrevious(genuine))),
  FORK(
      "fork",
      "a second manifest under a number that is committed",
      Expected.rewind("order.fork"),
      (_, stolen) -> Forgeries.fork(stolen)),
  SKIPPED_ENVELOPE(
      "skipped-envelope",
      "an envelope is left out of the sequence",
      Expected.rewind("order.sequence"),
      Forgeries.claimed((genuine, _) -> Forgeries.skippedSequence(genuine))),
  HIDDEN_LOSS(
      "hidden-loss",
      "readings are left out and no reason is given",
      Expected.hold("order.reason"),
      (_, stolen) -> Forgeries.hiddenLoss(stolen)),
  REUSED_NUMBERS(
      "reused-numbers",
      "reading numbers that are committed are used again",
      Expected.hold("order.reading-seq"),
      (_, stolen) -> Forgeries.reusedNumbers(stolen)),
  FORKED_LOG(
      "forked-log",
      "a checkpoint this log never published",
      Expected.hold("checkpoint.unknown"),
      Forgeries.claimed((genuine, _) -> Forgeries.forkedLog(genuine))),
  SOFTWARE_AK(
      "software-ak",
      "a quote forged with a key in a file in place of the TPM's",
      Expected.hold("quote.signature"),
      (_, stolen) -> Forgeries.softwareKey(stolen)),
  AK_OF_ANOTHER_TPM(
      "ak-of-another-tpm",
      "a genuine quote by another TPM's attestation key",
      Expected.hold("quote.signer"),
      Forgeries::strangersKey),
  RESET_ALONE(
      "reset-alone",
      "the TPM is reset under a running machine, to have its registers measured anew",
      Expected.hold("clock.boot"),
      Scenes::resetAlone),
  REPLAY(
      "replay",
      "a committed envelope is sent again: it gets its receipt anew and is committed once",
      new Expected("receipt", "none"),
      Scenes::replay),
  FORGED_RECEIPT(
      "forged-receipt",
      "a broker makes a receipt of its own, to have the device forget readings",
      new Expected("dropped", "receipt.note"),
      Scenes::forgedReceipt),
  CHANGED_PCR(
      "changed-pcr",
      "other software was measured: held, nothing lost, committed once the operator accepts it",
      Expected.hold("reference.values"),
      Scenes::changedRegisters);

  private final String text;
  private final String description;
  private final Expected expected;
  private final Deed deed;

  /** Code and check of the refusal. */
  record Expected(String code, String check) {
    static Expected hold(String check) {
      return new Expected("hold", check);
    }

    static Expected rewind(String check) {
      return new Expected("rewind", check);
    }
  }

  /** Does it, and says how it ended; an exception if something else was harmed. */
  @FunctionalInterface
  interface Deed {
    Expected in(Scene scene) throws Exception;
  }

  Attack(String text, String description, Expected expected, Deed deed) {
    this.text = text;
    this.description = description;
    this.expected = expected;
    this.deed = deed;
  }

  Attack(String text, String description, Expected expected, Forgeries.Forgery forgery) {
    this(text, description, expected, scene -> Scenes.refused(scene, forgery));
  }

  static Optional<Attack> named(String text) {
    return Arrays.stream(values()).filter(attack -> attack.text.equals(text)).findFirst();
  }

  String text() {
    return text;
  }

  String description() {
    return description;
  }

  Expected expected() {
    return expected;
  }

  Deed deed() {
    return deed;
  }
}
