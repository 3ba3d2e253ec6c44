package dev.telltale.tpmsim.junit;

import dev.telltale.tpmsim.swtpm.CertificateAuthority;
import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import dev.telltale.tpmsim.swtpm.Trees;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A running, provisioned TPM that belongs to one test: EK certificates for RSA (0x01C00002), P-256
 * (0x01C0000A) and P-384 (0x01C00016), nothing else persistent but the endorsement keys, registers
 * 0 to 8 as {@link dev.telltale.tpmsim.swtpm.SimulatedBoot} documents.
 */
public final class SimTpm implements AutoCloseable {
  private final SwtpmProcess process;
  private final CertificateAuthority authority;

  SimTpm(SwtpmProcess process, CertificateAuthority authority) {
    this.process = process;
    this.authority = authority;
  }

  /** As a configuration names it: {@code unix:/path/data.sock}. */
  public String address() {
    return process.home().address();
  }

  public Path dataSocket() {
    return process.home().data();
  }

  /** Everything of this TPM: deleted after the test. */
  public Path directory() {
    return process.home().directory();
  }

  /** The root certificate that the EK certificates chain to, PEM. */
  public Path caRoot() {
    return authority.root();
  }

  /** The certificate between the root and the EK certificates, PEM. */
  public Path caIssuer() {
    return authority.issuer();
  }

  /** The directory with the EK certificates, DER: {@code ek-rsa2048.crt, ek-secp256r1.crt, …}. */
  public Path certificates() {
    return process.home().certificates();
  }

  /** A TPM reset under a running process: open connections stay. */
  public void reset() throws IOException {
    process.reset();
  }

  /** Kills swtpm and starts it again at the same address: open connections break. */
  public void powerCut() throws IOException {
    process.powerCut();
  }

  /** Extends register 0 with what no reference knows. */
  public void tamper() throws IOException {
    tamper(0);
  }

  public void tamper(int register) throws IOException {
    process.tamper(register);
  }

  /** Switches the TPM off, in order. */
  public void stop() throws IOException {
    process.stop();
  }

  public void start() throws IOException {
    process.start();
  }

  public boolean running() {
    return process.running();
  }

  @Override
  public void close() throws IOException {
    process.kill();
    Trees.delete(process.home().directory());
  }
}
