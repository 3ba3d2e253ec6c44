/**
 * All that travels between agent and collector, and all that an operator signs, as records. {@code
 * decode} accepts exactly what {@code encode} gives ({@code spec/cbor.md}); what is hashed or
 * signed stays with its holder as the {@link dev.telltale.protocol.Bytes} received and is hashed
 * from those, never from an encoding made again.
 *
 * <p>Times are milliseconds since 1970. Where a record holds the payload of a COSE_Sign1, its
 * {@code KIND} is the last part of the typ the reader demands, and {@code decode} is of the payload
 * alone: a signature is checked before a payload is believed. Constructors refuse with {@code
 * IllegalArgumentException} what no decoder would take back. During enrolment the ticket's id
 * stands where later the device's id does, and has the same type.
 */
@NullMarked
package dev.telltale.protocol.message;

import org.jspecify.annotations.NullMarked;
