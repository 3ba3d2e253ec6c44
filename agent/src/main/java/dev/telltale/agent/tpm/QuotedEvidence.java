package dev.telltale.agent.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.ClockInfo;
import dev.telltale.protocol.tpm.PcrValues;

/**
 * A quote with the register values it digests.
 *
 * @param attest TPMS_ATTEST exactly as the TPM signed it
 * @param signature r and s, 64 bytes
 */
public record QuotedEvidence(
    Bytes attest, Bytes signature, PcrValues values, ClockInfo clockInfo) {}
