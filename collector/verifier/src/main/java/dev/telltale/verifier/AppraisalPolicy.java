package dev.telltale.verifier;

import dev.telltale.protocol.tpm.PcrSelection;

/**
 * What the operator demands of every quote.
 *
 * @param leaf of the statement in the log
 * @param selection exactly these registers
 */
public record AppraisalPolicy(long leaf, PcrSelection selection) {}
