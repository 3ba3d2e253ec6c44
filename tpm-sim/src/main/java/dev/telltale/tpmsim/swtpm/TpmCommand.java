package dev.telltale.tpmsim.swtpm;

import java.nio.ByteBuffer;

/** One command in the wire format of the TPM 2.0 Library, Part 1 "Command/Response Structure". */
final class TpmCommand {
  private static final short NO_SESSIONS = (short) 0x8001;
  private static final short SESSIONS = (short) 0x8002;
  private static final int PASSWORD_SESSION = 0x40000009;

  private final ByteBuffer bytes = ByteBuffer.allocate(RawTpm.LARGEST);
  private final boolean authorised;

  private TpmCommand(int code, boolean authorised) {
    this.authorised = authorised;
    bytes.putShort(authorised ? SESSIONS : NO_SESSIONS).putInt(0).putInt(code);
  }

  static TpmCommand plain(int code) {
    return new TpmCommand(code, false);
  }

  /** The handles come first; {@link #emptyPassword} has to follow them. */
  static TpmCommand authorised(int code) {
    return new TpmCommand(code, true);
  }

  TpmCommand u8(int value) {
    bytes.put((byte) value);
    return this;
  }

  TpmCommand u16(int value) {
    bytes.putShort((short) value);
    return this;
  }

  TpmCommand u32(int value) {
    bytes.putInt(value);
    return this;
  }

  TpmCommand raw(byte[] value) {
    bytes.put(value);
    return this;
  }

  TpmCommand sized(byte[] value) {
    return u16(value.length).raw(value);
  }

  /** An authorization area of one password session with an empty password. */
  TpmCommand emptyPassword() {
    return u32(9).u32(PASSWORD_SESSION).u16(0).u8(0).u16(0);
  }

  boolean isAuthorised() {
    return authorised;
  }

  byte[] encoded() {
    byte[] command = new byte[bytes.position()];
    bytes.duplicate().flip().get(command);
    ByteBuffer.wrap(command).putInt(2, command.length);
    return command;
  }
}
