/** Placeholder. */
@NullMarked
package dev.telltale.collector;

import org.jspecify.annotations.NullMarked;
