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

  public static final int READING = 16 * 1024;
  public static final int MANIFEST = 2 * 1024;
  public static final int ATTEST = 1_024;
  public static final int RECIPIENTS = 16;
  public static final int PROOF_HASHES = 63;
  public static final int NOTE = 64 * 1024;
  public static final int NOTE_SIGNATURES = 32;

  /** A certificate or public area in an enrolment message. */
  public static final int CERTIFICATE = 8 * 1024;

  public static final int TICKET = 64 * 1024;

  /** Text a peer may show us: names, refusals, reasons. */
  public static final int TEXT = 512;

  /** A refusal may not silence a device for longer (design 2.3). */
  public static final int RETRY_AFTER_SECONDS = 3_600;

  private Limits() {}
}
