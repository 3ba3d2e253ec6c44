package dev.telltale.protocol.spec;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmName;
import dev.telltale.protocol.tpm.TpmtPublic;

/** A TPM with one known AK, good enough to spell out what a real one would sign. */
final class ExampleTpm {
  static final P256Key AK = Samples.key(3);

  private ExampleTpm() {}

  /** TPMT_PUBLIC: ECC, SHA-256, 00050472, no policy, no symmetric, ECDSA SHA-256, P-256, no KDF. */
  static Bytes akPublicArea() {
    return Bytes.concat(
        Bytes.hex("0023000b00050472000000100018000b00030010"),
        sized(AK.publicKey().x()),
        sized(AK.publicKey().y()));
  }

  /** TPMS_ATTEST of a quote over registers 0 and 8 of the SHA-256 bank. */
  static Bytes quote(Digest qualifyingData, PcrValues values) throws MalformedException {
    Bytes signer = TpmName.qualifiedEndorsementPrimary(TpmtPublic.parse(akPublicArea()).name());
    return Bytes.concat(
        Bytes.hex("ff5443478018"),
        sized(signer),
        sized(qualifyingData.value()),
        Bytes.hex("00000000004c4b40"), // clock: 5,000,000 ms
        Bytes.hex("0000000300000001" + "01"), // resetCount, restartCount, safe
        Bytes.hex("0007005500110000"), // firmwareVersion
        Bytes.hex("00000001" + "000b" + "03" + "010100"),
        sized(values.digest().value()));
  }

  static Bytes sign(Bytes attest) {
    return AK.sign(attest);
  }

  private static Bytes sized(Bytes content) {
    return Bytes.concat(Bytes.of(new byte[] {0, (byte) content.length()}), content);
  }
}
