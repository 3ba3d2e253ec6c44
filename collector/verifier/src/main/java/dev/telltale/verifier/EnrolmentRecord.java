package dev.telltale.verifier;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.tpm.TpmName;

/**
 * One device under one AK, as the log has it: nothing in it ever changes; a new enrolment makes a
 * new record.
 *
 * @param akName name of the AK in the TPM, computed here, never taken from the device
 * @param ekName name of the EK: what makes two enrolments those of one machine
 * @param firmwareVersion as quoted at enrolment
 * @param leaf of the enrolment in the log
 */
public record EnrolmentRecord(
    DeviceId device,
    String name,
    String group,
    int suite,
    Grade grade,
    PublicPoint ak,
    Bytes akName,
    Bytes ekName,
    long firmwareVersion,
    long leaf) {

  /** What the TPM calls the AK in a quote: a primary of the endorsement hierarchy. */
  public Bytes qualifiedSigner() {
    return TpmName.qualifiedEndorsementPrimary(akName);
  }
}
