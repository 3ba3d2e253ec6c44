/**
 * Bytes to and from a TPM: the kernel's device node, or swtpm over a socket. Whole commands,
 * bounded answers, deadlines, and the raw response code checked before anybody else sees the
 * answer. Knows the JDK and nothing else, least of all TSS.Java.
 */
@NullMarked
package dev.telltale.agent.tpm.transport;

import org.jspecify.annotations.NullMarked;
