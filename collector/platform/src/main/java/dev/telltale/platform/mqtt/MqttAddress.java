package dev.telltale.platform.mqtt;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a broker listens. TLS always: there is no other scheme than mqtts. */
public record MqttAddress(String host, int port) {
  /** The port registered for MQTT over TLS. */
  public static final int DEFAULT_PORT = 8883;

  private static final int HOST_LENGTH = 253;

  public MqttAddress {
    if (host.isEmpty() || host.length() > HOST_LENGTH || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a broker address: " + host + ":" + port);
    }
  }

  /**
   * Reads {@code mqtts://host} or {@code mqtts://host:port}.
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  public static MqttAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a broker address: " + text, e);
    }
    String host = uri.getHost();
    boolean bare =
        empty(uri.getRawPath())
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null;
    if (!"mqtts".equals(uri.getScheme()) || host == null || !bare) {
      throw new IllegalArgumentException(
          "not a broker address: " + text + "; expected mqtts://host or mqtts://host:port");
    }
    boolean literal = host.startsWith("[") && host.endsWith("]");
    String name = literal ? host.substring(1, host.length() - 1) : host;
    return new MqttAddress(name, uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort());
  }

  private static boolean empty(@org.jspecify.annotations.Nullable String part) {
    return part == null || part.isEmpty();
  }

  @Override
  public String toString() {
    return "mqtts://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
