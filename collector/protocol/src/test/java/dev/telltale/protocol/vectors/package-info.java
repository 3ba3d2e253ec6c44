/** Test vectors: those of others in the folder beside the checkout, and our own in resources. */
@NullMarked
package dev.telltale.protocol.vectors;

import org.jspecify.annotations.NullMarked;
