package dev.telltale.tpmsim.swtpm;

import java.io.IOException;

/** What stands in the way of a simulated TPM, in one line that says what to do where it can. */
public class SwtpmException extends IOException {
  private static final long serialVersionUID = 1L;

  public SwtpmException(String message) {
    super(message);
  }

  public SwtpmException(String message, Throwable cause) {
    super(message, cause);
  }
}
