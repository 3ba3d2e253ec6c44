package dev.telltale.tpmsim.swtpm;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** The P-256 endorsement key, which swtpm_setup does not make: TCG EK Credential Profile, L-2. */
final class EndorsementKey {
  static final int CERTIFICATE_INDEX = 0x01C0000A;

  /** PolicySecret(TPM_RH_ENDORSEMENT), "PolicyA" of the profile. */
  private static final byte[] POLICY_A =
      HexFormat.of().parseHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");

  /**
   * TPMT_PUBLIC up to the unique field: ECC, SHA-256, fixedTPM fixedParent sensitiveDataOrigin
   * adminWithPolicy restricted decrypt, PolicyA, AES-128-CFB, no scheme, P-256, no KDF.
   */
  private static final byte[] TEMPLATE =
      ByteBuffer.allocate(54)
          .putShort((short) 0x0023)
          .putShort((short) RawTpm.SHA256)
          .putInt(0x000300B2)
          .putShort((short) POLICY_A.length)
          .put(POLICY_A)
          .putShort((short) 0x0006)
          .putShort((short) 128)
          .putShort((short) 0x0043)
          .putShort((short) 0x0010)
          .putShort((short) 0x0003)
          .putShort((short) 0x0010)
          .array();

  /** TPMA_NV: PPWRITE WRITEDEFINE PPREAD OWNERREAD AUTHREAD NO_DA PLATFORMCREATE. */
  private static final int INDEX_ATTRIBUTES = 0x42072001;

  private static final int COORDINATE = 32;
  private static final int CHUNK = 512;
  private static final int LARGEST_CERTIFICATE = 2048;

  private EndorsementKey() {}

  /** Derives the key and returns its public point as swtpm_localca wants it. */
  static String publicKey(RawTpm tpm) throws IOException {
    byte[] unique = new byte[2 * (2 + COORDINATE)];
    unique[1] = COORDINATE;
    unique[3 + COORDINATE] = COORDINATE;
    TpmCommand create =
        TpmCommand.authorised(0x131)
            .u32(RawTpm.ENDORSEMENT)
            .emptyPassword()
            .u16(4)
            .u32(0)
            .u16(TEMPLATE.length + unique.length)
            .raw(TEMPLATE)
            .raw(unique)
            .u16(0)
            .u32(0);
    ByteBuffer answer = tpm.callForHandle("TPM2_CreatePrimary", create);
    try {
      int handle = answer.getInt();
      String point = point(answer);
      tpm.flush(handle);
      return point;
    } catch (BufferUnderflowException e) {
      throw new SwtpmException("TPM2_CreatePrimary: answer too short", e);
    }
  }

  private static String point(ByteBuffer answer) throws SwtpmException {
    answer.getShort();
    byte[] fixed = new byte[TEMPLATE.length];
    answer.get(fixed);
    if (!Arrays.equals(fixed, TEMPLATE)) {
      throw new SwtpmException("TPM2_CreatePrimary: the key is not of the template");
    }
    return "x=" + coordinate(answer) + ",y=" + coordinate(answer) + ",id=secp256r1";
  }

  private static String coordinate(ByteBuffer answer) throws SwtpmException {
    int length = answer.getShort();
    if (length < 1 || length > COORDINATE) {
      throw new SwtpmException("TPM2_CreatePrimary: a coordinate of " + length + " bytes");
    }
    byte[] padded = new byte[COORDINATE];
    answer.get(padded, COORDINATE - length, length);
    return HexFormat.of().formatHex(padded);
  }

  /** Writes the certificate where chips have it, and locks it. */
  static void store(RawTpm tpm, byte[] certificate) throws IOException {
    if (certificate.length == 0 || certificate.length > LARGEST_CERTIFICATE) {
      throw new SwtpmException("an EK certificate of " + certificate.length + " bytes");
    }
    tpm.call(
        "TPM2_NV_DefineSpace",
        TpmCommand.authorised(0x12A)
            .u32(RawTpm.PLATFORM)
            .emptyPassword()
            .u16(0)
            .u16(14)
            .u32(CERTIFICATE_INDEX)
            .u16(RawTpm.SHA256)
            .u32(INDEX_ATTRIBUTES)
            .u16(0)
            .u16(certificate.length));
    for (int at = 0; at < certificate.length; at += CHUNK) {
      int end = Math.min(certificate.length, at + CHUNK);
      tpm.call(
          "TPM2_NV_Write", index(0x137).sized(Arrays.copyOfRange(certificate, at, end)).u16(at));
    }
    tpm.call("TPM2_NV_WriteLock", index(0x138));
  }

  private static TpmCommand index(int code) {
    return TpmCommand.authorised(code).u32(RawTpm.PLATFORM).u32(CERTIFICATE_INDEX).emptyPassword();
  }
}
