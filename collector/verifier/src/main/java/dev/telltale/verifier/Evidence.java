package dev.telltale.verifier;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.tpm.PcrValues;

/**
 * A quote as it came, unverified.
 *
 * @param attest TPMS_ATTEST
 * @param signature r‖s, 64 bytes
 * @param values register values the sender claims
 */
public record Evidence(Bytes attest, Bytes signature, PcrValues values) {}
