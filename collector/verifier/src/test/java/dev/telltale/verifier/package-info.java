/** Tests of the appraisal, and a TPM in software for those of other modules. */
@NullMarked
package dev.telltale.verifier;

import org.jspecify.annotations.NullMarked;
