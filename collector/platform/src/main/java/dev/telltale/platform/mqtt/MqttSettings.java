package dev.telltale.platform.mqtt;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * One connection to be made.
 *
 * @param clientId known to us and the broker only; who knows it and holds a certificate of the same
 *     broker can push us off
 * @param cleanStart whether the broker forgets an earlier session of this client id
 * @param sessionExpiry how long the broker keeps the session after the connection ends
 * @param receiveMaximum messages the broker may have sent us that we have not acknowledged
 * @param maximumPacket bytes of the largest packet either side may send on this connection
 * @param keepAlive a broker that is silent for about twice as long is given up
 * @param connectWithin name lookup, TCP, TLS and the broker's CONNACK together
 */
public record MqttSettings(
    MqttAddress address,
    SSLContext tls,
    String clientId,
    boolean cleanStart,
    Duration sessionExpiry,
    Optional<MqttWill> will,
    int receiveMaximum,
    int maximumPacket,
    Duration keepAlive,
    Duration connectWithin) {

  /** A message of one mebibyte with room for its topic and properties. */
  private static final int DEFAULT_PACKET = (1 << 20) + (64 << 10);

  private static final int DEFAULT_RECEIVE_MAXIMUM = 64;
  private static final int SMALLEST_PACKET = 1_024;
  private static final int LARGEST_PACKET = 16 << 20;
  private static final int LONGEST_CLIENT_ID = 128;
  private static final long LONGEST_EXPIRY_SECONDS = 0xFFFF_FFFEL;

  public MqttSettings {
    require(!clientId.isEmpty() && clientId.length() <= LONGEST_CLIENT_ID, "client id");
    require(inSeconds(sessionExpiry, 0, LONGEST_EXPIRY_SECONDS), "session expiry");
    require(receiveMaximum >= 1 && receiveMaximum <= 65_535, "receive maximum");
    require(maximumPacket >= SMALLEST_PACKET && maximumPacket <= LARGEST_PACKET, "packet size");
    require(inSeconds(keepAlive, 1, 65_535), "keep alive");
    require(connectWithin.toMillis() > 0, "time to connect");
  }

  /** A clean session without a will; 30 s keep alive, 15 s to connect. */
  public static MqttSettings to(MqttAddress address, SSLContext tls, String clientId) {
    return new MqttSettings(
        address,
        tls,
        clientId,
        true,
        Duration.ZERO,
        Optional.empty(),
        DEFAULT_RECEIVE_MAXIMUM,
        DEFAULT_PACKET,
        Duration.ofSeconds(30),
        Duration.ofSeconds(15));
  }

  /** Takes up the broker's session of this client id and asks to keep it that long. */
  public MqttSettings keepingSession(Duration expiry) {
    return with(false, expiry, will, receiveMaximum);
  }

  public MqttSettings withWill(MqttWill lastWords) {
    return with(cleanStart, sessionExpiry, Optional.of(lastWords), receiveMaximum);
  }

  public MqttSettings withReceiveMaximum(int messages) {
    return with(cleanStart, sessionExpiry, will, messages);
  }

  public MqttSettings withMaximumPacket(int bytes) {
    return new MqttSettings(
        address,
        tls,
        clientId,
        cleanStart,
        sessionExpiry,
        will,
        receiveMaximum,
        bytes,
        keepAlive,
        connectWithin);
  }

  public MqttSettings withTimes(Duration keepAlive, Duration connectWithin) {
    return new MqttSettings(
        address,
        tls,
        clientId,
        cleanStart,
        sessionExpiry,
        will,
        receiveMaximum,
        maximumPacket,
        keepAlive,
        connectWithin);
  }

  private MqttSettings with(
      boolean clean, Duration expiry, Optional<MqttWill> lastWords, int receive) {
    return new MqttSettings(
        address,
        tls,
        clientId,
        clean,
        expiry,
        lastWords,
        receive,
        maximumPacket,
        keepAlive,
        connectWithin);
  }

  private static boolean inSeconds(Duration duration, long least, long most) {
    return duration.toSeconds() >= least && duration.toSeconds() <= most;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what + " out of range");
    }
  }
}
