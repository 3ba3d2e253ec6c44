/** Tests of the byte transports, without a TPM and with a hostile one. */
@NullMarked
package dev.telltale.agent.tpm.transport;

import org.jspecify.annotations.NullMarked;
