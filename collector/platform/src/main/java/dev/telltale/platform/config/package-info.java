/**
 * Configuration files: strict TOML, read once at start. Every mistake is one line that names the
 * file, the line and what would be right, and no value is guessed.
 *
 * <p>The reader is our own and takes what configuration needs of TOML 1.0: tables, bare and quoted
 * keys, strings of one line, whole and decimal numbers, booleans and arrays of these. A parser for
 * all of TOML costs a small board 4.5 MB of memory and more time than the rest of the start.
 */
@NullMarked
package dev.telltale.platform.config;

import org.jspecify.annotations.NullMarked;
