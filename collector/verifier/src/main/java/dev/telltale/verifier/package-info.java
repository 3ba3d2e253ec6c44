/**
 * Pure appraisal: from bytes that came, a record of the enrolment and the operator's statements to
 * a verdict. No clock, no state, no I/O, so that anyone with the same inputs comes to the same
 * result: the collector's lanes, the auditor's program, later every validator.
 *
 * <p>Each check is one {@code Step} with its name; the order is the order of the specification. A
 * result is a value: no path turns an exception into "genuine".
 */
@NullMarked
package dev.telltale.verifier;

import org.jspecify.annotations.NullMarked;
