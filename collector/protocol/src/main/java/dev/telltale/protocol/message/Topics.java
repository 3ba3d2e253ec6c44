package dev.telltale.protocol.message;

import dev.telltale.protocol.DeviceId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The only MQTT topics there are. During enrolment the ticket's id stands for the device's. */
public final class Topics {
  /** All that agents publish, as a subscription of the collector. */
  public static final String ALL_UP = "telltale/1/up/+/+";

  private static final Pattern UP =
      Pattern.compile("telltale/1/up/([0-9a-f]{32})/(join|env|state)");

  private Topics() {}

  /** What an agent publishes there. */
  public enum Channel {
    JOIN("join"),
    ENV("env"),
    STATE("state");

    private final String text;

    Channel(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** A topic of an agent, taken apart. */
  public record Up(DeviceId device, Channel channel) {}

  public static String join(DeviceId ticket) {
    return up(ticket, Channel.JOIN);
  }

  public static String env(DeviceId device) {
    return up(device, Channel.ENV);
  }

  public static String state(DeviceId device) {
    return up(device, Channel.STATE);
  }

  public static String answer(DeviceId device) {
    return "telltale/1/dn/" + device + "/answer";
  }

  /** Empty for anything but a topic on which an agent publishes. */
  public static Optional<Up> parseUp(String topic) {
    Matcher match = UP.matcher(topic);
    if (!match.matches()) {
      return Optional.empty();
    }
    Channel channel =
        switch (match.group(2)) {
          case "join" -> Channel.JOIN;
          case "env" -> Channel.ENV;
          default -> Channel.STATE;
        };
    return DeviceId.parse(match.group(1)).map(device -> new Up(device, channel));
  }

  private static String up(DeviceId device, Channel channel) {
    return "telltale/1/up/" + device + "/" + channel.text();
  }
}
