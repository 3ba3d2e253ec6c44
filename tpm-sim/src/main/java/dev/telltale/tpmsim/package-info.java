/** Placeholder. */
@NullMarked
package dev.telltale.tpmsim;

import org.jspecify.annotations.NullMarked;
