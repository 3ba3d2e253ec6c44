/**
 * What the log says, as state: devices, invitations, policies, reference sets. Only the committer
 * changes it, only through {@link dev.telltale.collector.fleet.Fleet#apply}, and only with entries
 * that are in the journal; so a restart is apply over the journal, and a test compares both.
 * Everyone else reads immutable records.
 */
@NullMarked
package dev.telltale.collector.fleet;

import org.jspecify.annotations.NullMarked;
