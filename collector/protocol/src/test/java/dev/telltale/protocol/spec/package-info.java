/** The specification is held to the code: its tables to the checks, its examples to the codecs. */
@NullMarked
package dev.telltale.protocol.spec;

import org.jspecify.annotations.NullMarked;
