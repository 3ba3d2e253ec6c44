/**
 * Enrolment by ticket ({@code spec/enrolment.md}): hello, activate, proof, result. Sessions live in
 * memory and nothing is stored before a proof is valid; the committer gives the machine its place
 * in the log.
 */
@NullMarked
package dev.telltale.collector.enrolment;

import org.jspecify.annotations.NullMarked;
