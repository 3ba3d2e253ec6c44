package dev.telltale.auditor;

import dev.telltale.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;

/** Collects the lines of a report while the checks run. */
final class Findings {

  /** One check. */
  interface Step<T extends Proven> {
    T run() throws FailedCheck, MalformedException;
  }

  private final List<Finding> lines = new ArrayList<>();

  /** Runs the check and notes what came of it; a check that fails ends the audit. */
  <T extends Proven> T of(String word, Step<T> step) throws FailedCheck {
    try {
      T proven = step.run();
      lines.add(Finding.holds(word, proven.sentence()));
      return proven;
    } catch (FailedCheck e) {
      lines.add(Finding.fails(word, e));
      throw e;
    } catch (MalformedException e) {
      FailedCheck failed = FailedCheck.of(e);
      lines.add(Finding.fails(word, failed));
      throw failed;
    }
  }

  List<Finding> lines() {
    return List.copyOf(lines);
  }
}
