/** Tests of the message codecs, and the samples and formats that the specification is held to. */
@NullMarked
package dev.telltale.protocol.message;

import org.jspecify.annotations.NullMarked;
