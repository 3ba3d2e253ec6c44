/** Bounds and routing. */
@NullMarked
package dev.telltale.collector.intake;

import org.jspecify.annotations.NullMarked;
