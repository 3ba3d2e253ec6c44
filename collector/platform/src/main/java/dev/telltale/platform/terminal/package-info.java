/**
 * What our programs print: lines for people, JSON for programs, an exit code for scripts.
 *
 * <p>Results go to standard output, errors to standard error, one line each. What a peer sent is
 * shown without its control characters.
 */
@NullMarked
package dev.telltale.platform.terminal;

import org.jspecify.annotations.NullMarked;
