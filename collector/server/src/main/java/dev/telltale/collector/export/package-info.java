/** Proofs for third parties: bundles that the auditor's program checks offline. */
@NullMarked
package dev.telltale.collector.export;

import org.jspecify.annotations.NullMarked;
