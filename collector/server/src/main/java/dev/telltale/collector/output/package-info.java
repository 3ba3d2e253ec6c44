/** Verified readings on their way to those who use them; off the commit path. */
@NullMarked
package dev.telltale.collector.output;

import org.jspecify.annotations.NullMarked;
