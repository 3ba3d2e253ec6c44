package dev.telltale.auditor;

import dev.telltale.protocol.DeviceId;
import java.util.List;
import java.util.Optional;

/**
 * The answer.
 *
 * @param findings in the order of the checks; the last one failed, or none
 * @param subject empty if anything failed
 * @param readings those revealed; none if anything failed
 */
record Report(
    List<Finding> findings,
    Optional<Subject> subject,
    List<ProvenReading> readings,
    List<String> notProven) {

  /** Which device, and where in the log its envelope is. */
  record Subject(DeviceId device, long leaf) {}

  Report {
    findings = List.copyOf(findings);
    readings = List.copyOf(readings);
    notProven = List.copyOf(notProven);
  }

  static Report verified(
      List<Finding> findings,
      Subject subject,
      List<ProvenReading> readings,
      List<String> notProven) {
    return new Report(findings, Optional.of(subject), readings, notProven);
  }

  /** Nothing of a bundle that fails a check is shown as if it were known. */
  static Report refused(List<Finding> findings) {
    return new Report(findings, Optional.empty(), List.of(), List.of());
  }

  boolean verified() {
    return subject.isPresent() && findings.stream().allMatch(Finding::ok);
  }
}
