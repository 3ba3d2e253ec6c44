package dev.telltale.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a check of the specification found. The name travels in refusals and appears in logs; each
 * has a line in {@code collector/protocol/spec} and a test that provokes it.
 */
public enum Check {
  FORM_TRUNCATED("form.truncated", "ends before the item it announces"),
  FORM_TRAILING("form.trailing", "bytes after the end"),
  FORM_SHORTEST("form.shortest", "an integer or length not in its shortest form"),
  FORM_INDEFINITE("form.indefinite", "an indefinite length"),
  FORM_DUPLICATE("form.duplicate", "a map key twice"),
  FORM_UNSORTED("form.unsorted", "map keys out of order"),
  FORM_DEPTH("form.depth", "containers nested too deep"),
  FORM_SIZE("form.size", "longer or larger than its limit"),
  FORM_TYPE("form.type", "another type than the format demands"),
  FORM_UNKNOWN_KEY("form.unknown-key", "a map key the format does not have"),
  FORM_MISSING_KEY("form.missing-key", "a map key the format demands is absent"),
  FORM_TAG("form.tag", "a tag the format does not allow"),
  FORM_FLOAT("form.float", "a floating-point number"),
  FORM_TEXT("form.text", "text that is not UTF-8 or has forbidden characters"),
  FORM_RANGE("form.range", "a number outside its range"),
  FORM_VERSION("form.version", "a version this program does not speak"),
  FORM_SUITE("form.suite", "a suite this program or device does not use"),
  FORM_ORDER("form.order", "list elements out of order or twice"),
  FORM_KIND("form.kind", "a message of another kind than demanded here"),
  FORM_POINT("form.point", "not an uncompressed point on P-256"),
  FORM_KEY("form.key", "not a private key in its one form, or not that of its point"),
  COSE_HEADER("cose.header", "protected header other than alg, kid, typ as demanded"),
  COSE_TYP("cose.typ", "typ of another kind of message"),
  COSE_KID("cose.kid", "signed by another key than the one demanded"),
  COSE_SIGNATURE("cose.signature", "signature does not verify"),
  DEVICE_TOPIC("device.topic", "device id differs from that of the topic"),
  DEVICE_UNKNOWN("device.unknown", "no such device is enrolled"),
  DEVICE_REVOKED("device.revoked", "the device has been revoked"),
  DEVICE_OVERLOAD("device.overload", "too much in flight; nothing wrong with the message"),
  QUOTE_MAGIC("quote.magic", "attest does not begin with TPM_GENERATED"),
  QUOTE_TYPE("quote.type", "attest is not a quote"),
  QUOTE_FORM("quote.form", "attest is not well formed"),
  QUOTE_SCHEME("quote.scheme", "signature is not of the registered scheme"),
  QUOTE_SIGNER("quote.signer", "quoted by another key than the enrolled AK"),
  QUOTE_SIGNATURE("quote.signature", "AK signature does not verify"),
  QUOTE_FIRMWARE("quote.firmware", "TPM firmware differs from enrolment"),
  QUOTE_QUALIFYING("quote.qualifying", "qualifying data is not the hash of this manifest"),
  QUOTE_SELECTION("quote.selection", "selection is not exactly the policy's"),
  QUOTE_VALUES("quote.values", "PCR values do not hash to the quoted digest"),
  TPM_PUBLIC("tpm.public", "TPM public area is not well formed or of a kind Telltale does not use"),
  TPM_SIGNATURE("tpm.signature", "TPM signature structure is not well formed"),
  NOTE_FORM("note.form", "signed note is not well formed"),
  NOTE_KEY("note.key", "verifier key text is not well formed"),
  NOTE_SIGNATURE("note.signature", "note has no signature, or a wrong one, of a known key"),
  CHECKPOINT_FORM("checkpoint.form", "note text is not a checkpoint"),
  ENVELOPE_EKEY_HASH("envelope.ekey-hash", "EKey is not the one the manifest names"),
  ENVELOPE_EKEY_FORM("envelope.ekey-form", "EKey is not well formed for the suite"),
  ENVELOPE_KIDS("envelope.kids", "EKey recipients are not exactly the recipient set"),
  ENVELOPE_COUNT("envelope.count", "number of ciphertexts differs from the manifest"),
  ENVELOPE_CIPHERTEXTS("envelope.ciphertexts", "root of ciphertexts differs from the manifest"),
  ENVELOPE_KEYS("envelope.keys", "root of reading keys differs from the manifest"),
  ENVELOPE_UNWRAP("envelope.unwrap", "content secret cannot be unwrapped"),
  ENVELOPE_READING("envelope.reading", "a ciphertext does not open to a valid reading"),
  ENVELOPE_TIMES("envelope.times", "a reading lies outside the manifest's times"),
  ENVELOPE_LOG("envelope.log", "the measurement log behind the manifest is not there or differs"),
  ORDER_SEQUENCE("order.sequence", "envelope sequence is not the next one"),
  ORDER_PREVIOUS("order.previous", "previous-manifest hash is not that of the last one"),
  ORDER_FORK("order.fork", "a second manifest for a committed sequence number"),
  ORDER_READING_SEQ("order.reading-seq", "first reading number below the expected one"),
  ORDER_REASON("order.reason", "reason present without a jump, or a jump without one"),
  CLOCK_BACK("clock.back", "TPM counters or clock ran back"),
  CLOCK_BOOT("clock.boot", "resetCount rose without a new boot seed"),
  CHALLENGE_NONCE("challenge.nonce", "nonce is not one this collector gave this device"),
  CHALLENGE_OLD("challenge.old", "nonce older than the last one bound"),
  CHECKPOINT_ORIGIN("checkpoint.origin", "checkpoint of another log"),
  CHECKPOINT_UNKNOWN("checkpoint.unknown", "checkpoint was never published by this log"),
  CHECKPOINT_OLD("checkpoint.old", "checkpoint smaller than the last one bound"),
  RECIPIENTS_UNKNOWN("recipients.unknown", "recipient set is not known"),
  RECIPIENTS_OLD("recipients.old", "recipient set older than the last one bound"),
  REFERENCE_NONE("reference.none", "no reference set is active for the group"),
  REFERENCE_VALUES("reference.values", "PCR values are in no active reference set"),
  TICKET_UNKNOWN("ticket.unknown", "no such ticket"),
  TICKET_EXPIRED("ticket.expired", "ticket has expired"),
  TICKET_USED("ticket.used", "ticket has no uses left"),
  TICKET_SIGNATURE("ticket.signature", "ticket is not signed by its operator key"),
  TICKET_TEXT("ticket.text", "ticket file is not well formed"),
  TRUST_TEXT("trust.text", "trust file is not well formed"),
  ENROL_HELLO_SIGNATURE(
      "enrol.hello-signature", "hello is not signed by the ticket's bootstrap key"),
  ENROL_SUITE("enrol.suite", "no suite in common with the ticket"),
  ENROL_EK_CERTIFICATE(
      "enrol.ek-certificate", "EK certificate is not one of its key or not an EK certificate"),
  ENROL_EK_CHAIN("enrol.ek-chain", "EK certificate does not chain to a configured root"),
  ENROL_EK_TEMPLATE("enrol.ek-template", "EK public area is not a known template"),
  ENROL_AK_ATTRIBUTES("enrol.ak-attributes", "AK does not have exactly the attributes demanded"),
  ENROL_AK_SCHEME("enrol.ak-scheme", "AK is not an ECDSA P-256 SHA-256 signing key"),
  ENROL_GRADE("enrol.grade", "the ticket does not accept an EK of this grade"),
  ENROL_SESSION("enrol.session", "no enrolment in progress for this message"),
  ENROL_ACTIVATION(
      "enrol.activation", "credential activation failed: the AK is not in the TPM of this EK"),
  ENROL_BINDING("enrol.binding", "message does not bind the earlier ones"),
  ENROL_CERTIFICATE("enrol.certificate", "certificate does not fit the key or the device"),
  ENROL_IDENTITY("enrol.identity", "this machine is already enrolled"),
  RECEIPT_LEAF("receipt.leaf", "receipt is for other bytes than the device sent"),
  RECEIPT_INCLUSION("receipt.inclusion", "inclusion path does not lead to the root"),
  RECEIPT_NOTE("receipt.note", "checkpoint note is not signed by the log"),
  RECEIPT_FROM("receipt.from", "consistency path starts elsewhere"),
  RECEIPT_CONSISTENCY(
      "receipt.consistency", "checkpoint is not an extension of the device's newest"),
  RECEIPT_VERDICT("receipt.verdict", "verdict of a tier a device does not release on"),
  RECEIPT_STALE("receipt.stale", "checkpoint smaller than the device's newest"),
  RECEIPT_FORK("receipt.fork", "two signed checkpoints contradict each other"),
  ANSWER_DEVICE("answer.device", "answer names another device"),
  ANSWER_HASH("answer.hash", "refusal of bytes this device did not send"),
  ANSWER_ISSUED("answer.issued", "challenge not newer than the last one"),
  STATEMENT_SIGNATURE("statement.signature", "statement is not signed by the operator key"),
  STATEMENT_KIND("statement.kind", "statement of a kind this program does not know");

  private static final Map<String, Check> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Check::text, check -> check));

  private final String text;
  private final String meaning;

  Check(String text, String meaning) {
    this.text = text;
    this.meaning = meaning;
  }

  /** Empty for a name of a later version: the code decides, the name is shown as it came. */
  public static Optional<Check> named(String text) {
    return Optional.ofNullable(BY_NAME.get(text));
  }

  /** The name on the wire. */
  public String text() {
    return text;
  }

  /** One clause for a person. */
  public String meaning() {
    return meaning;
  }
}
