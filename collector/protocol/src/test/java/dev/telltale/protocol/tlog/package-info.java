/** Tests of tree hashing, proofs, notes and leaves, against vectors of other people first. */
@NullMarked
package dev.telltale.protocol.tlog;

import org.jspecify.annotations.NullMarked;
