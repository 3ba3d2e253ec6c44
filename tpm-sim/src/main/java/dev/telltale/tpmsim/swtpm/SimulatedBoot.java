package dev.telltale.tpmsim.swtpm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a firmware with measured boot would do. Register <i>n</i> of 0 to 8 in the SHA-256 bank is
 * extended once with SHA-256 of the ASCII text {@code telltale-tpm-sim firmware 1, register n}. Its
 * value is therefore the same after every boot of every simulated TPM: SHA-256 of 32 zero bytes and
 * that hash.
 */
public final class SimulatedBoot {
  /** The measured registers are 0 to this one. */
  public static final int LAST_REGISTER = 8;

  /** From here on registers can be reset without a TPM reset, which makes them worthless. */
  static final int RESETTABLE = 16;

  private SimulatedBoot() {}

  static void measure(RawTpm tpm) throws IOException {
    tpm.startup();
    for (int register = 0; register <= LAST_REGISTER; register++) {
      tpm.extend(register, measurement(register));
    }
  }

  /** Extends what no firmware measured. */
  static void tamper(RawTpm tpm, int register) throws IOException {
    tpm.extend(register, sha256(text("tampered", register)));
  }

  /** The value of a measured register after an honest boot. */
  public static byte[] referenceValue(int register) {
    if (register < 0 || register > LAST_REGISTER) {
      throw new IllegalArgumentException("register " + register + " is not measured");
    }
    return sha256(new byte[32], measurement(register));
  }

  private static byte[] measurement(int register) {
    return sha256(text("firmware 1", register));
  }

  private static byte[] text(String what, int register) {
    return ("telltale-tpm-sim " + what + ", register " + register)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
