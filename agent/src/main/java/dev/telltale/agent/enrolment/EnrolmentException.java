package dev.telltale.agent.enrolment;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;

/** The machine is not enrolled, in one line that begins with the check that failed. */
public final class EnrolmentException extends Exception {
  private static final long serialVersionUID = 1L;

  private EnrolmentException(String message) {
    super(message);
  }

  private EnrolmentException(String message, Throwable cause) {
    super(message, cause);
  }

  static EnrolmentException of(Check check, String what) {
    return new EnrolmentException(check.text() + ": " + what);
  }

  static EnrolmentException of(String check, String what) {
    return new EnrolmentException(check + ": " + what);
  }

  static EnrolmentException of(String what, MalformedException e) {
    return new EnrolmentException(
        e.check().text() + ": " + what + ": " + e.check().meaning() + " (" + e.getMessage() + ")",
        e);
  }
}
