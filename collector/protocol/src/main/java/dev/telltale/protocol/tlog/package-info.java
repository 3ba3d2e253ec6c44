/**
 * The transparency log as bytes: tree hashing and proofs (RFC 6962 section 2.1, RFC 9162 section
 * 2.1), signed notes and checkpoints (C2SP signed-note and tlog-checkpoint), and what a leaf of
 * this log is. The trees over the readings of an envelope have the same shape with the hash of the
 * suite.
 */
@NullMarked
package dev.telltale.protocol.tlog;

import org.jspecify.annotations.NullMarked;
