/** Tests of the pack. */
@NullMarked
package dev.telltale.protocol.reading;

import org.jspecify.annotations.NullMarked;
