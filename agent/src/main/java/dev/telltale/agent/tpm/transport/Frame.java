package dev.telltale.agent.tpm.transport;

import java.nio.ByteBuffer;

/** The ten bytes in front of every command and answer: tag, size, code (Part 1, 18). */
final class Frame {
  static final int HEADER = 10;

  private static final int NO_SESSIONS = 0x8001;
  private static final int SESSIONS = 0x8002;

  /** A TPM 1.2 tag: the answer to a command whose tag is none. Comes with code 0x1E only. */
  private static final int RSP_COMMAND = 0x00C4;

  private Frame() {}

  static void requireCommand(byte[] command) {
    if (command.length < HEADER
        || command.length > TpmTransport.LARGEST
        || ByteBuffer.wrap(command).getInt(2) != command.length) {
      throw new IllegalArgumentException("not a framed command of " + command.length + " bytes");
    }
  }

  /** The announced size of an answer, from its first ten bytes. */
  static int size(ByteBuffer header) throws TpmException {
    int tag = Short.toUnsignedInt(header.getShort(0));
    int size = header.getInt(2);
    if (tag != NO_SESSIONS && tag != SESSIONS && tag != RSP_COMMAND) {
      throw new TpmException.Malformed("answer with tag 0x%04X".formatted(tag));
    }
    if (size < HEADER || size > TpmTransport.LARGEST) {
      throw new TpmException.Malformed("answer that announces " + size + " bytes");
    }
    if (header.getInt(6) == 0 && tag == RSP_COMMAND) {
      throw new TpmException.Malformed("success with the tag of a refused command");
    }
    return size;
  }

  static ResponseCode code(byte[] response) {
    return new ResponseCode(ByteBuffer.wrap(response).getInt(6));
  }
}
