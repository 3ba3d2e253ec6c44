/** Placeholder. */
@NullMarked
package dev.telltale.verifier;

import org.jspecify.annotations.NullMarked;
