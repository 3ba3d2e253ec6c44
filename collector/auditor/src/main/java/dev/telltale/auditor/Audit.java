package dev.telltale.auditor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.crypto.Providers;

/**
 * The audit. Each check stands on those before it, so the first that fails ends the audit: nothing
 * behind it would mean anything.
 */
final class Audit {
  private final Trust trust;
  private final Providers providers;

  Audit(Trust trust, Providers providers) {
    this.trust = trust;
    this.providers = providers;
  }

  Report of(Bytes file) {
    Findings findings = new Findings();
    try {
      ProvenForm form = findings.of("file", () -> ProvenForm.check(file));
      ProvenLog log = findings.of("log", () -> ProvenLog.check(form.bundle().note(), trust));
      ProvenStatements statements =
          findings.of(
              "statements",
              () -> ProvenStatements.check(form.bundle().statements(), log, trust, providers));
      ProvenEnrolment enrolment =
          findings.of(
              "enrolment",
              () -> ProvenEnrolment.check(form.bundle(), log, statements, trust, providers));
      ProvenEnvelope envelope =
          findings.of(
              "envelope",
              () ->
                  ProvenEnvelope.check(
                      form.bundle().envelope(), log, statements, enrolment, providers));
      ProvenValues values =
          findings.of("values", () -> ProvenValues.check(envelope, statements, enrolment));
      ProvenReadings readings =
          findings.of(
              "readings",
              () -> ProvenReadings.check(form.bundle().readings(), envelope, enrolment));
      findings.of("time", () -> ProvenTime.check(envelope));
      return Report.verified(
          findings.lines(),
          new Report.Subject(enrolment.facts().device(), envelope.leaf()),
          readings.shown(),
          NotProven.beside(enrolment, envelope, values, readings));
    } catch (FailedCheck _) {
      return Report.refused(findings.lines());
    }
  }
}
