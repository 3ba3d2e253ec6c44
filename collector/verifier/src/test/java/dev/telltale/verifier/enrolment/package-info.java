/** Tests of enrolment, and an authority of endorsement certificates for those of other modules. */
@NullMarked
package dev.telltale.verifier.enrolment;

import org.jspecify.annotations.NullMarked;
