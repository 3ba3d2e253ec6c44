/** Tests of what is printed. */
@NullMarked
package dev.telltale.platform.terminal;

import org.jspecify.annotations.NullMarked;
