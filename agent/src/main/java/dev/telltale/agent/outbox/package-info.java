/**
 * The one journal of the device: readings as ciphertext and leaf hashes, the envelopes closed over
 * them, and what was verified about their delivery (design 4). What a method has returned survives
 * a power cut, with one exception: readings are durable at the next {@code sync}.
 *
 * <p>Every segment begins with a snapshot of the standing before it, so a start reads one segment
 * and old ones are deleted whole. The standing changes in one place, by applying an entry that was
 * just appended; recovery applies the same entries in the same order.
 */
@NullMarked
package dev.telltale.agent.outbox;

import org.jspecify.annotations.NullMarked;
