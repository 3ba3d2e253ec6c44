package dev.telltale.platform.terminal;

/** How every program of ours ends. */
public enum ExitCode {
  /** Done; the answer is yes. */
  DONE(0),
  /** The answer is no. */
  NO(1),
  /** Usage or environment: it could not be tried. */
  ERROR(2);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
