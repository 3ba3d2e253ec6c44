/**
 * What the collector says about the log, checked before anything follows from it (design 2.3): a
 * receipt against the device's own bytes, a challenge, the receipt of the enrolment, and in each
 * the checkpoint against the newest one the device has verified. The types {@code Verified...} are
 * made here and nowhere else; the outbox deletes on nothing else.
 */
@NullMarked
package dev.telltale.agent.receipt;

import org.jspecify.annotations.NullMarked;
