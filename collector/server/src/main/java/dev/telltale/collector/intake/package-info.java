/**
 * From the broker to the committer: bound, route, and verify in parallel. Lanes are pure: no clock,
 * no state, a device always in the same one, so that its envelopes stay in order.
 */
@NullMarked
package dev.telltale.collector.intake;

import org.jspecify.annotations.NullMarked;
