package dev.telltale.protocol;

/** Every bound on what comes from outside, checked before allocation and before recursion. */
public final class Limits {
  /** One message on any topic: an envelope at its largest, with a measurement log. */
  public static final int MESSAGE = 1 << 20;

  /** Containers within containers; our deepest format needs six. */
  public static final int DEPTH = 8;

  /** Elements of one array or map. Above the largest legal one, 4,096 ciphertexts. */
  public static final int ELEMENTS = 4_096;

  /** What an agent puts into one envelope before it closes it (design 2.2). */
  public static final int READINGS_PER_ENVELOPE = 512;

  /**
   * Sequence numbers, sizes and times stay below 2^53: exact in every language, and no sum of two
   * overflows.
   */
  public static final long NUMBER = (1L << 53) - 1;

  public static final int READING = 16 * 1024;

  /** A ciphertext is a reading pack and the 16-byte tag of the AEAD. */
  public static final int CIPHERTEXT = READING + 16;

  public static final int MANIFEST = 2 * 1024;
  public static final int ATTEST = 1_024;

  /** ECDSA on P-256: r and s, 32 bytes each. */
  public static final int SIGNATURE = 64;

  public static final int RECIPIENTS = 16;

  /** A wrapped content secret: 113 bytes in suite nist, 161 in suite sm, room for a hybrid. */
  public static final int WRAPPED_LEAST = 16;

  public static final int WRAPPED_MOST = 512;

  /** A verdict: eight reasons of 32 characters and six numbers fit. */
  public static final int VERDICT = 512;

  public static final int VERDICT_REASONS = 8;
  public static final int VERDICT_REASON = 32;

  /** The measurement log that travels with one envelope (design 2.2). */
  public static final int MEASUREMENT_LOG = 256 * 1024;

  public static final int PROOF_HASHES = 63;
  public static final int NOTE = 64 * 1024;
  public static final int NOTE_SIGNATURES = 32;

  /** A certificate or public area in an enrolment message. */
  public static final int CERTIFICATE = 8 * 1024;

  /** Certificates beside a device's own: intermediates of its EK, the collector's chain. */
  public static final int CHAIN = 4;

  /** Suites, challengers or grades listed in one enrolment message. */
  public static final int ALTERNATIVES = 8;

  /** The parts of a credential: TPM2B_ID_OBJECT and TPM2B_ENCRYPTED_SECRET without their sizes. */
  public static final int CREDENTIAL = 1_024;

  /** An enrolment message without its measurement log: five certificates and what binds them. */
  public static final int ENROLMENT = 64 * 1024;

  /** What an operator or owner signs, as COSE_Sign1; a reference set is the largest. */
  public static final int STATEMENT = 64 * 1024;

  /** Values accepted for one register by one reference set. */
  public static final int REFERENCE_DIGESTS = 64;

  /** An origin, a vkey, a broker's URI. */
  public static final int ADDRESS = 256;

  /** A receipt, challenge or refusal: a note, two paths, a little more. */
  public static final int ANSWER = 128 * 1024;

  public static final int TICKET = 256 * 1024;
  public static final int TICKET_USES = 10_000;

  /** The name a person gives a device, and the label of a reference set. */
  public static final int NAME = 64;

  /** The group of devices a ticket enrols into. */
  public static final int GROUP = 32;

  public static final int CHECK_NAME = 48;

  /** A bundle with every reading of an envelope at its largest. */
  public static final int BUNDLE = 16 << 20;

  /** Genesis, policy, reference set, and room for more in one bundle. */
  public static final int BUNDLE_STATEMENTS = 16;

  public static final int TRUST_FILE = 256 * 1024;

  /** Text a peer may show us: names, refusals, reasons. */
  public static final int TEXT = 512;

  /** A refusal may not silence a device for longer (design 2.3). */
  public static final int RETRY_AFTER_SECONDS = 3_600;

  private Limits() {}
}
