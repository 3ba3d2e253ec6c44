/**
 * The TCG structures that Telltale reads, and the arithmetic both sides need: strict, bounded
 * parsers for attestations, public areas and signatures, PCR selections and values, names, key
 * derivation and policy digests (TPM 2.0 Library, Parts 1 and 2).
 *
 * <p>Nothing here talks to a TPM. Everything a parser returns keeps or can rebuild the bytes as
 * they came: what is signed or named is hashed as received.
 */
@NullMarked
package dev.telltale.protocol.tpm;

import org.jspecify.annotations.NullMarked;
