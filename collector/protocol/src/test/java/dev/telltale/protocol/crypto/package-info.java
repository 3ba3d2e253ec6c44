/** Tests of the cryptography, against vectors of others where there are any. */
@NullMarked
package dev.telltale.protocol.crypto;

import org.jspecify.annotations.NullMarked;
