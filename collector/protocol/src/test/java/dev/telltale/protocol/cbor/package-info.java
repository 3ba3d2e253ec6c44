/** Tests of the strict reader and the writer. */
@NullMarked
package dev.telltale.protocol.cbor;

import org.jspecify.annotations.NullMarked;
