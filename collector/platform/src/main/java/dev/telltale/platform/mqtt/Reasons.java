package dev.telltale.platform.mqtt;

/** Words for the reason codes of MQTT 5, section 2.4, that a broker sends. */
final class Reasons {
  /** From here on a reason code is a failure. */
  static final int FAILURE = 128;

  private Reasons() {}

  static String text(int reason) {
    return switch (reason) {
      case 0 -> "normal disconnection";
      case 128 -> "unspecified error";
      case 129 -> "malformed packet";
      case 130 -> "protocol error";
      case 131 -> "implementation specific error";
      case 132 -> "protocol version not supported";
      case 133 -> "client identifier not valid";
      case 134 -> "bad user name or password";
      case 135 -> "not authorized";
      case 136 -> "server unavailable";
      case 137 -> "server busy";
      case 138 -> "banned";
      case 139 -> "server shutting down";
      case 141 -> "keep alive timeout";
      case 142 -> "session taken over";
      case 143 -> "topic filter not valid";
      case 144 -> "topic name not valid";
      case 147 -> "receive maximum exceeded";
      case 148 -> "topic alias not valid";
      case 149 -> "packet too large";
      case 150 -> "message rate too high";
      case 151 -> "quota exceeded";
      case 152 -> "administrative action";
      case 153 -> "payload format not valid";
      case 154 -> "retain not supported";
      case 155 -> "QoS not supported";
      case 156 -> "use another server";
      case 157 -> "server moved";
      case 158 -> "shared subscriptions not supported";
      case 159 -> "connection rate exceeded";
      case 161 -> "subscription identifiers not supported";
      case 162 -> "wildcard subscriptions not supported";
      default -> "reason";
    };
  }
}
