/** Deterministic CBOR by the closed rules of {@code spec/cbor.md}: a strict reader, a writer. */
@NullMarked
package dev.telltale.protocol.cbor;

import org.jspecify.annotations.NullMarked;
