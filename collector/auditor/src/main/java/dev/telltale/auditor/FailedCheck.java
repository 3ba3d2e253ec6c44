package dev.telltale.auditor;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.verifier.Contradiction;

/** The bundle does not prove what it claims: which check found it, and what it found. */
final class FailedCheck extends Exception {
  private static final long serialVersionUID = 1L;

  private final Check check;

  FailedCheck(Check check, String why) {
    super(why);
    this.check = check;
  }

  static FailedCheck of(MalformedException found) {
    return new FailedCheck(found.check(), String.valueOf(found.getMessage()));
  }

  static FailedCheck of(Contradiction found) {
    return new FailedCheck(found.check(), found.detail());
  }

  /** Most checks are of this form. */
  static void unless(boolean holds, Check check, String why) throws FailedCheck {
    if (!holds) {
      throw new FailedCheck(check, why);
    }
  }

  Check check() {
    return check;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
