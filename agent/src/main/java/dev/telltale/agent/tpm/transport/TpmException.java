package dev.telltale.agent.tpm.transport;

/** Why a TPM did not do what it was asked. No answer at all, no answer of ours, or a refusal. */
public abstract sealed class TpmException extends Exception {
  private static final long serialVersionUID = 1L;

  private TpmException(String message) {
    super(message);
  }

  private TpmException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the connection is in an unknown state and has to be opened anew. */
  public abstract boolean broken();

  /** The TPM, or a layer in front of it, answered with an error. */
  public static final class Refused extends TpmException {
    private static final long serialVersionUID = 1L;
    private final transient ResponseCode code;

    public Refused(ResponseCode code) {
      super(code.toString());
      this.code = code;
    }

    public Refused(ResponseCode code, String detail) {
      super(code + ", " + detail);
      this.code = code;
    }

    /** Never success. */
    public ResponseCode code() {
      return code;
    }

    @Override
    public boolean broken() {
      return false;
    }
  }

  /** It works, and cannot do what we need: no such bank, no such key, no room. */
  public static final class Unsuitable extends TpmException {
    private static final long serialVersionUID = 1L;

    public Unsuitable(String message) {
      super(message);
    }

    @Override
    public boolean broken() {
      return false;
    }
  }

  /** Nothing came back in time. */
  public static final class TimedOut extends TpmException {
    private static final long serialVersionUID = 1L;

    public TimedOut(String message) {
      super(message);
    }

    @Override
    public boolean broken() {
      return true;
    }
  }

  /** It cannot be opened, or the connection ended. */
  public static final class Unavailable extends TpmException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean broken() {
      return true;
    }
  }

  /** What came back is not a well-formed answer to what was sent. */
  public static final class Malformed extends TpmException {
    private static final long serialVersionUID = 1L;

    public Malformed(String message) {
      super(message);
    }

    @Override
    public boolean broken() {
      return true;
    }
  }

  /** The answer is well formed and not from the TPM we know: an HMAC or a name does not match. */
  public static final class Tampered extends TpmException {
    private static final long serialVersionUID = 1L;

    public Tampered(String message) {
      super(message);
    }

    @Override
    public boolean broken() {
      return true;
    }
  }
}
