/** Placeholder. */
@NullMarked
package dev.telltale.ledger;

import org.jspecify.annotations.NullMarked;
