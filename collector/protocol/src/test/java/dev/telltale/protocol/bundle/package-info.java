/** Tests of bundle and trust file. */
@NullMarked
package dev.telltale.protocol.bundle;

import org.jspecify.annotations.NullMarked;
