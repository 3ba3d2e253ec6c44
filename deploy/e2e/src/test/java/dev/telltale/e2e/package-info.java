/** Tests over the shipped programs and over the structure of the whole. */
@NullMarked
package dev.telltale.e2e;

import org.jspecify.annotations.NullMarked;
