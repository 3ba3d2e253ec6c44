package dev.telltale.protocol.tpm;

import java.util.Arrays;
import java.util.Optional;

/** A hash algorithm as a PCR bank or name uses it (TCG Algorithm Registry, TPM_ALG_ID). */
public enum TpmHash {
  SHA1(0x0004, 20, "sha1"),
  SHA256(0x000B, 32, "sha256"),
  SHA384(0x000C, 48, "sha384"),
  SHA512(0x000D, 64, "sha512"),
  SM3_256(0x0012, 32, "sm3");

  private final int algorithm;
  private final int length;
  private final String text;

  TpmHash(int algorithm, int length, String text) {
    this.algorithm = algorithm;
    this.length = length;
    this.text = text;
  }

  public static Optional<TpmHash> of(int algorithm) {
    return Arrays.stream(values()).filter(hash -> hash.algorithm == algorithm).findFirst();
  }

  public int algorithm() {
    return algorithm;
  }

  /** Bytes of one digest. */
  public int length() {
    return length;
  }

  /** The name people write. */
  public String text() {
    return text;
  }
}
