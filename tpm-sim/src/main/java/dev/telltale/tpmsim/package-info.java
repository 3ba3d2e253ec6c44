/**
 * The program {@code telltale-tpm-sim}: simulated TPMs, one or a fleet, kept in one directory.
 *
 * <p>The TPMs are real {@code swtpm} processes that stay when the program ends; everything about
 * them is in {@link dev.telltale.tpmsim.swtpm}. Exit status 0: done; 1: the answer is no (the TPM
 * asked for does not run); 2: usage or environment.
 */
@NullMarked
package dev.telltale.tpmsim;

import org.jspecify.annotations.NullMarked;
