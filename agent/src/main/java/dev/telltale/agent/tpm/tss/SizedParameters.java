package dev.telltale.agent.tpm.tss;

/**
 * Which of the commands we send begin with a sized buffer, in either direction (Part 3): only those
 * can be encrypted. The library's own table is wrong in places.
 */
final class SizedParameters {
  static final int ACTIVATE_CREDENTIAL = 0x147;
  static final int QUOTE = 0x158;
  static final int SIGN = 0x15D;
  static final int GET_RANDOM = 0x17B;

  private SizedParameters() {}

  static boolean inCommand(int code) {
    return switch (code) {
      case ACTIVATE_CREDENTIAL, QUOTE, SIGN -> true;
      default -> false;
    };
  }

  static boolean inResponse(int code) {
    return switch (code) {
      case ACTIVATE_CREDENTIAL, QUOTE, GET_RANDOM -> true;
      default -> false;
    };
  }
}
