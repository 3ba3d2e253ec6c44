package dev.telltale.collector.commit;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.tpm.TpmsAttest;
import dev.telltale.verifier.EnrolmentRecord;

/**
 * An envelope the lane found genuine and could open.
 *
 * @param message as received
 * @param manifestHash suite hash of the manifest
 * @param record the enrolment it was verified under; void once the device has another
 * @param complete whether every ciphertext opened to a valid reading
 */
public record Verified(
    Bytes message,
    Envelope envelope,
    Manifest manifest,
    Digest manifestHash,
    TpmsAttest attest,
    EnrolmentRecord record,
    boolean complete) {}
