package dev.telltale.agent;

/** Why the agent cannot do what it was asked, in one line that says what to do. */
final class AgentException extends Exception {
  private static final long serialVersionUID = 1L;

  AgentException(String message) {
    super(message);
  }

  AgentException(String message, Throwable cause) {
    super(message, cause);
  }
}
