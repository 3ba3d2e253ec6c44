/**
 * The collector: verifies, decrypts, commits, answers. {@code Main} names the commands, {@code
 * RunCommand} constructs the running program in order; everything else is in the package that its
 * name says.
 */
@NullMarked
package dev.telltale.collector;

import org.jspecify.annotations.NullMarked;
