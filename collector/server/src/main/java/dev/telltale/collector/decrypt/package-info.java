/** The only place that holds the wrap key and sees readings in the clear. */
@NullMarked
package dev.telltale.collector.decrypt;

import org.jspecify.annotations.NullMarked;
