package dev.telltale.agent.receipt;

/** Proof that the enrolment is in the log. Only {@link ReceiptVerifier} makes it. */
public final class VerifiedEnrolment implements EnrolmentOutcome {
  private final long leaf;
  private final HeldCheckpoint checkpoint;

  VerifiedEnrolment(long leaf, HeldCheckpoint checkpoint) {
    this.leaf = leaf;
    this.checkpoint = checkpoint;
  }

  /** Index in the log. */
  public long leaf() {
    return leaf;
  }

  /** The checkpoint the device holds at first. */
  public HeldCheckpoint checkpoint() {
    return checkpoint;
  }
}
