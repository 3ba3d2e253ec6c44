/**
 * What the agent does with its TPM: keys, quotes, activation, registers, random numbers. One thread
 * owns the TPM; everybody else asks it through these services and waits with a deadline.
 */
@NullMarked
package dev.telltale.agent.tpm;

import org.jspecify.annotations.NullMarked;
