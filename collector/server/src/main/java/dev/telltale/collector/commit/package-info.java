/**
 * The only thread that changes anything: it admits what the lanes verified (order, chain, clock,
 * challenge, checkpoint, reference values), appends the batch to the ledger with one write, one
 * fsync, one root and one signature, applies it to the fleet and hands out the answers.
 */
@NullMarked
package dev.telltale.collector.commit;

import org.jspecify.annotations.NullMarked;
