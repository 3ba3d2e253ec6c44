package dev.telltale.agent.uplink;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.message.DeviceStatus;

/** The way to the collector: connections that end, and nothing remembered between them. */
@FunctionalInterface
public interface Uplink {
  /**
   * Connects, takes answers from then on and says that the device is there.
   *
   * @param birth what the collector is told at once
   * @param lastWords what it is told if the connection ends without {@link Session#close}
   */
  Session connect(DeviceStatus birth, DeviceStatus lastWords, Listener listener)
      throws UplinkException, InterruptedException;

  /** One connection. */
  interface Session extends AutoCloseable {
    /** Returns once the envelope is on its way; whether it arrived, only an answer tells. */
    void send(Bytes envelope) throws UplinkException, InterruptedException;

    void publish(DeviceStatus status) throws UplinkException, InterruptedException;

    /** Ends the connection in order; the listener hears nothing of it. */
    @Override
    void close();
  }

  /** Called by the connection's threads; must not block. */
  interface Listener {
    /**
     * Bytes that anybody could have sent.
     *
     * @param handled to be called when they have been dealt with
     */
    void answered(Bytes message, Runnable handled);

    /** Once at most. */
    void disconnected(String why);
  }
}
