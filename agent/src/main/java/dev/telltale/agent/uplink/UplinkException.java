package dev.telltale.agent.uplink;

/** The collector cannot be reached now. One line; it is tried again. */
public final class UplinkException extends Exception {
  private static final long serialVersionUID = 1L;

  public UplinkException(String message) {
    super(message);
  }

  public UplinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
