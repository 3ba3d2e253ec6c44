/** What a sensor said: one value at one instant, as a SenML pack (RFC 8428) in one exact form. */
@NullMarked
package dev.telltale.protocol.reading;

import org.jspecify.annotations.NullMarked;
