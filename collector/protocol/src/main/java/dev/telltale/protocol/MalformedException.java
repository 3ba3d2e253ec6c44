package dev.telltale.protocol;

/** Bytes from outside that do not have the form they must have. The only exception of a decoder. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Check check;
  private final int offset;

  public MalformedException(Check check, int offset, String detail) {
    super(detail);
    this.check = check;
    this.offset = offset;
  }

  /** What was found, by its name in the specification. */
  public Check check() {
    return check;
  }

  /** The byte at which it was found, counted from the start of the decoded item. */
  public int offset() {
    return offset;
  }
}
