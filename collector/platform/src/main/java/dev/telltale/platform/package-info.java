/** Placeholder. */
@NullMarked
package dev.telltale.platform;

import org.jspecify.annotations.NullMarked;
