/**
 * Thin walls around the operating system and libraries, for what two programs or more use. Packages
 * below are named for a thing; they import nothing of Telltale and not each other. Bytes are {@code
 * byte[]} here, and who hands an array over gives it away.
 */
@NullMarked
package dev.telltale.platform;

import org.jspecify.annotations.NullMarked;
