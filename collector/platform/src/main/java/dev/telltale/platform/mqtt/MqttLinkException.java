package dev.telltale.platform.mqtt;

import java.io.IOException;
import java.io.Serial;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The broker cannot be reached, was lost, or refused. A refusal carries the MQTT 5 reason code; a
 * publish may fail after the broker has taken the message, so who sends again must be ready to be
 * received twice.
 */
public final class MqttLinkException extends IOException {
  /** The client's certificate does not open this topic (MQTT 5, 2.4). */
  public static final int NOT_AUTHORIZED = 135;

  @Serial private static final long serialVersionUID = 1L;
  private static final int NONE = -1;

  private final String message;
  private final int reason;

  private MqttLinkException(String message, int reason, @Nullable Throwable cause) {
    super(message, cause);
    this.message = message;
    this.reason = reason;
  }

  static MqttLinkException trouble(String message) {
    return new MqttLinkException(message, NONE, null);
  }

  static MqttLinkException trouble(String message, Throwable cause) {
    return new MqttLinkException(message, NONE, cause);
  }

  static MqttLinkException refused(String what, int reason) {
    return new MqttLinkException(
        what + " refused by the broker: " + Reasons.text(reason) + " (" + reason + ")",
        reason,
        null);
  }

  static MqttLinkException ended(int reason) {
    return new MqttLinkException(
        "connection ended by the broker: " + Reasons.text(reason) + " (" + reason + ")",
        reason < Reasons.FAILURE ? NONE : reason,
        null);
  }

  /** The broker's reason code, 128 or more; empty when the broker refused nothing. */
  public OptionalInt reason() {
    return reason == NONE ? OptionalInt.empty() : OptionalInt.of(reason);
  }

  /** One line that says what happened. */
  @Override
  public String getMessage() {
    return message;
  }
}
