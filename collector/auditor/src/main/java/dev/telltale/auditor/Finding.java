package dev.telltale.auditor;

import java.util.Optional;

/**
 * One line of the report.
 *
 * @param word which check
 * @param failed the name in the specification of what failed; empty if the check holds
 */
record Finding(String word, Optional<String> failed, String sentence) {
  static Finding holds(String word, String sentence) {
    return new Finding(word, Optional.empty(), sentence);
  }

  static Finding fails(String word, FailedCheck found) {
    return new Finding(word, Optional.of(found.check().text()), found.why());
  }

  boolean ok() {
    return failed.isEmpty();
  }

  String detail() {
    return failed.map(check -> check + ": " + sentence).orElse(sentence);
  }
}
