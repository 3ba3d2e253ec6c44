package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;

/**
 * An ECDSA signature with SHA-256 over P-256, as a TPM returns it: TPMT_SIGNATURE (TPM 2.0 Part 2,
 * section 11.3.4). Messages carry {@link #raw}.
 *
 * @param raw r and s, 32 bytes each
 */
public record TpmtSignature(Bytes raw) {
  /** Two numbers of 34 bytes behind two of two. */
  private static final int LONGEST = 72;

  /** Refuses with {@code quote.scheme} another scheme, with {@code tpm.signature} the rest. */
  public static TpmtSignature parse(Bytes encoded) throws MalformedException {
    TpmReader in = new TpmReader(encoded, LONGEST, Check.TPM_SIGNATURE);
    int algorithm = in.u16();
    int hash = in.u16();
    if (!new TpmtPublic.Scheme(algorithm, hash).equals(TpmtPublic.Scheme.ECDSA_SHA256)) {
      throw in.malformed(
          Check.QUOTE_SCHEME, "scheme 0x%04x with hash 0x%04x".formatted(algorithm, hash));
    }
    Bytes r = P256Number.read(in);
    Bytes s = P256Number.read(in);
    in.end();
    return new TpmtSignature(Bytes.concat(r, s));
  }
}
