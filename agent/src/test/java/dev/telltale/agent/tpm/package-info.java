/** The TPM services against real swtpm, and against tpm2-tools, which share no code with us. */
@NullMarked
package dev.telltale.agent.tpm;

import org.jspecify.annotations.NullMarked;
