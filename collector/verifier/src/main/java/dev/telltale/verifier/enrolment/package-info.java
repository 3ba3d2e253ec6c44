/**
 * Appraisal of an enrolment: that an endorsement key is a TPM's, that an attestation key has the
 * attributes that make its quotes worth something, and a credential that only the TPM holding both
 * can open.
 */
@NullMarked
package dev.telltale.verifier.enrolment;

import org.jspecify.annotations.NullMarked;
