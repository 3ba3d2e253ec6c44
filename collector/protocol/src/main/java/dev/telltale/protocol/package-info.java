/**
 * The formats of Telltale: everything that travels, is hashed or is signed, and nothing that does
 * I/O. The prose is in {@code collector/protocol/spec}; the refusals named there are the constants
 * of {@link dev.telltale.protocol.Check}.
 *
 * <p>Nothing here is null, starts a thread, opens a file or reads a clock. Decoders throw {@link
 * dev.telltale.protocol.MalformedException} and nothing else, whatever the input.
 */
@NullMarked
package dev.telltale.protocol;

import org.jspecify.annotations.NullMarked;
