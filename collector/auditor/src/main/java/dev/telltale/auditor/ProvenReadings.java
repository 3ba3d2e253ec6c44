package dev.telltale.auditor;

import dev.telltale.protocol.bundle.ShownReading;
import java.util.ArrayList;
import java.util.List;

/** Every reading shown is what the device sealed at that place of this envelope. */
record ProvenReadings(List<ProvenReading> shown, int count) implements Proven {
  ProvenReadings {
    shown = List.copyOf(shown);
  }

  static ProvenReadings check(
      List<ShownReading> bundled, ProvenEnvelope envelope, ProvenEnrolment enrolment)
      throws FailedCheck {
    List<ProvenReading> shown = new ArrayList<>();
    for (ShownReading each : bundled) {
      shown.add(ProvenReading.check(each, envelope.manifest(), enrolment.suite()));
    }
    return new ProvenReadings(shown, envelope.manifest().count());
  }

  int hidden() {
    return count - shown.size();
  }

  @Override
  public String sentence() {
    return "%s revealed, %s proven to exist and not shown"
        .formatted(Words.number(shown.size()), Words.number(hidden()));
  }
}
