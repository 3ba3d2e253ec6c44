/** Placeholder. */
@NullMarked
package dev.telltale.agent;

import org.jspecify.annotations.NullMarked;
