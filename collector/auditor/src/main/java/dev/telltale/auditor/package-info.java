/** Placeholder. */
@NullMarked
package dev.telltale.auditor;

import org.jspecify.annotations.NullMarked;
