package dev.telltale.agent.tpm.transport;

/**
 * The 32-bit response code exactly as it came (TPM 2.0 Library Part 2, 6.6). Only zero is success:
 * the upper bits name the layer that answered, and masking them turns errors of the resource
 * manager and of vendors into success.
 */
public record ResponseCode(int raw) {
  public static final ResponseCode INITIALIZE = new ResponseCode(0x100);
  public static final ResponseCode RETRY = new ResponseCode(0x922);
  public static final ResponseCode YIELDED = new ResponseCode(0x908);
  public static final ResponseCode TESTING = new ResponseCode(0x90A);
  public static final ResponseCode NV_RATE = new ResponseCode(0x920);
  public static final ResponseCode NV_UNAVAILABLE = new ResponseCode(0x923);
  public static final ResponseCode LOCKOUT = new ResponseCode(0x921);

  private static final int FORMAT_ONE = 0x080;
  private static final int PARAMETER = 0x040;

  /** What the sender of the command can do about an answer. */
  public enum Kind {
    SUCCESS,
    /** Send the same bytes again in some milliseconds. */
    BUSY,
    /** The non-volatile memory needs seconds of rest. */
    WEAR,
    /** {@code Startup} has not been sent since the last reset. */
    NOT_STARTED,
    /** Dictionary attack protection; trying again makes it worse. */
    LOCKED_OUT,
    ERROR
  }

  public Kind kind() {
    if (raw == 0) {
      return Kind.SUCCESS;
    }
    if (equals(RETRY) || equals(YIELDED) || equals(TESTING)) {
      return Kind.BUSY;
    }
    if (equals(NV_RATE) || equals(NV_UNAVAILABLE)) {
      return Kind.WEAR;
    }
    if (equals(INITIALIZE)) {
      return Kind.NOT_STARTED;
    }
    return equals(LOCKOUT) ? Kind.LOCKED_OUT : Kind.ERROR;
  }

  /** Zero for the TPM itself, 0x0B for the kernel's resource manager; vendors use others. */
  public int layer() {
    return raw >>> 16;
  }

  /** The code without the number of the parameter, handle or session that it complains about. */
  public int withoutPosition() {
    return (raw & FORMAT_ONE) == 0 ? raw : raw & 0xFFFF_00BF;
  }

  /** What a format-one code complains about, for people: "parameter 1", "session 2", or nothing. */
  public String position() {
    if ((raw & FORMAT_ONE) == 0) {
      return "";
    }
    int number = (raw >>> 8) & 0xF;
    if ((raw & PARAMETER) != 0) {
      return "parameter " + number;
    }
    return number >= 8 ? "session " + (number - 8) : "handle " + number;
  }

  @Override
  public String toString() {
    String code = String.format("TPM response 0x%08X", raw);
    return position().isEmpty() ? code : code + " (" + position() + ")";
  }
}
