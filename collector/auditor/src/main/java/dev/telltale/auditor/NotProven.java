package dev.telltale.auditor;

import dev.telltale.protocol.message.Coverage;
import dev.telltale.protocol.message.Grade;
import java.util.ArrayList;
import java.util.List;

/** What even a verified bundle does not show: printed beside what it does. */
final class NotProven {
  private NotProven() {}

  static List<String> beside(
      ProvenEnrolment enrolment,
      ProvenEnvelope envelope,
      ProvenValues values,
      ProvenReadings readings) {
    List<String> open = new ArrayList<>();
    open.add("that the sensor told the truth");
    open.add(beforeMeasurement(envelope.verdict().coverage()));
    open.add(
        "that the AK is in the TPM of that EK: activation cannot be repeated, so this is the"
            + " collector's word");
    endorsement(enrolment.facts().grade(), open);
    if (enrolment.invite().isEmpty()) {
      open.add(
          "that the device belongs to group %s: no invite is shown, so this is the"
                  .formatted(values.reference().group())
              + " collector's word");
    }
    open.add(
        "the time of day: issue and arrival by the collector's clock, readings by the"
            + " device's");
    open.add("that everybody is shown this same log: no witness has signed the checkpoint");
    open.add("that nothing is missing before or behind this envelope");
    loss(envelope, readings, open);
    return List.copyOf(open);
  }

  private static String beforeMeasurement(Coverage coverage) {
    return switch (coverage) {
      case NONE -> "what software ran: the reference set speaks about none";
      case AGENT_ONLY -> "what ran before the agent measured itself";
      case KERNEL_AND_AGENT -> "what ran before the kernel was measured";
      case BOOT_CHAIN -> "what ran before the first measurement of the boot chain";
    };
  }

  private static void endorsement(Grade grade, List<String> open) {
    switch (grade) {
      case MANUFACTURER -> {
        return;
      }
      case SIMULATION -> open.add("any hardware: a simulation's keys are files");
      case LISTED, APPROVED -> open.add("that the EK is that of a TPM: the operator says so");
    }
  }

  private static void loss(ProvenEnvelope envelope, ProvenReadings readings, List<String> open) {
    if (envelope.manifest().boot().sealedBeforeThisBoot() && readings.count() > 0) {
      open.add(
          "who wrote the readings: sealed before this boot, when the disk was in anyone's"
              + " hands");
    }
    envelope
        .manifest()
        .reason()
        .ifPresent(why ->
            open.add(
                "the readings before number %s: the device says they are lost (%s)"
                    .formatted(
                        Words.number(envelope.manifest().firstReading()), Words.reason(why))));
  }
}
