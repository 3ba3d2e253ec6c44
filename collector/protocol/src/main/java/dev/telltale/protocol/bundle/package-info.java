/**
 * What is handed to a third party: a bundle with one envelope, the entries of the log that explain
 * it, and the readings revealed; and the trust file by which the third party judges it. Decoding
 * checks the form and nothing else.
 */
@NullMarked
package dev.telltale.protocol.bundle;

import org.jspecify.annotations.NullMarked;
