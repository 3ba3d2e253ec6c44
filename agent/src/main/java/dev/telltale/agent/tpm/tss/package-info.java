/**
 * TPM commands. The only package that sees TSS.Java, and it uses it for one thing: to put commands
 * of ours into bytes. Sessions, HMACs, parameter encryption, names and everything that comes back
 * are handled here, because the library does these wrongly or not at all. No type of it leaves this
 * package; {@link dev.telltale.agent.tpm.tss.TpmCommands} is the way in.
 */
@NullMarked
package dev.telltale.agent.tpm.tss;

import org.jspecify.annotations.NullMarked;
