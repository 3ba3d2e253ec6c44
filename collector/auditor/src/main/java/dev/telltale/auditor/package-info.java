/**
 * The program {@code telltale-verify}: whether one file proves what it claims, offline, by a trust
 * file that did not come with it. Start at {@link dev.telltale.auditor.Audit}: it names the checks
 * in their order, each of the {@code Proven...} types is one of them, and {@link
 * dev.telltale.auditor.NotProven} says what none of them can show.
 */
@NullMarked
package dev.telltale.auditor;

import org.jspecify.annotations.NullMarked;
