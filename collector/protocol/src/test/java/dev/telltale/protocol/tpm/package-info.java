/** Tests of the TPM structures, against what a TPM made. */
@NullMarked
package dev.telltale.protocol.tpm;

import org.jspecify.annotations.NullMarked;
