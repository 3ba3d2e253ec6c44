/**
 * Process control for swtpm: provisioning, start, stop, TPM reset, power cut, fleets.
 *
 * <p><b>Certificates.</b> {@code swtpm_setup} writes an RSA-2048 EK certificate to 0x01C00002 and a
 * P-384 one to 0x01C00016; chips carry RSA and P-256. The provisioner adds the P-256 certificate at
 * 0x01C0000A, for the key that the TCG's template L-2 derives. Each simulation has a certificate
 * authority of its own: whoever trusts one simulation trusts no other.
 *
 * <p><b>Measured boot.</b> swtpm boots no firmware, so its registers would stay zero. After every
 * start and every reset {@link dev.telltale.tpmsim.swtpm.SimulatedBoot} extends registers 0 to 8
 * with fixed values, before anybody else can reach the TPM.
 *
 * <p><b>One client at a time.</b> swtpm serves a single data connection; a second one waits. A TPM
 * held by an agent is therefore changed through a {@link dev.telltale.tpmsim.swtpm.Twin}.
 */
@NullMarked
package dev.telltale.tpmsim.swtpm;

import org.jspecify.annotations.NullMarked;
