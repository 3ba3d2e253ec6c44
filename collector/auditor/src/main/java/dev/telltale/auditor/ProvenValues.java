package dev.telltale.auditor;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.ReferenceStatement;
import dev.telltale.verifier.ReferenceSet;
import java.util.Optional;

/** Every quoted register holds a value of the reference set that the verdict names. */
record ProvenValues(ReferenceStatement reference, long leaf, int registers) implements Proven {

  static ProvenValues check(
      ProvenEnvelope envelope, ProvenStatements statements, ProvenEnrolment enrolment)
      throws FailedCheck {
    long leaf = envelope.verdict().referenceSet();
    ReferenceStatement reference = statements.reference(leaf);
    FailedCheck.unless(
        reference.activeAt(envelope.verdict().arrival()),
        Check.REFERENCE_NONE,
        "the reference set was not active when the envelope arrived");
    Optional<String> group = enrolment.invite().map(Invite::group);
    FailedCheck.unless(
        group.isEmpty() || group.get().equals(reference.group()),
        Check.REFERENCE_NONE,
        "the reference set is for group %s, the device was invited to group %s"
            .formatted(reference.group(), group.orElse("")));
    Optional<ReferenceSet.Mismatch> mismatch =
        new ReferenceSet(leaf, reference).mismatch(envelope.values());
    if (mismatch.isPresent()) {
      throw FailedCheck.of(mismatch.get().contradiction());
    }
    return new ProvenValues(reference, leaf, envelope.values().selection().size());
  }

  @Override
  public String sentence() {
    return "%d registers as in \"%s\" for group %s, leaf %s"
        .formatted(registers, reference.label(), reference.group(), Words.number(leaf));
  }
}
