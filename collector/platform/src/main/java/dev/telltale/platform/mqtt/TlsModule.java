package dev.telltale.platform.mqtt;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.jspecify.annotations.Nullable;

/**
 * The socket under one Paho client. Ours instead of Paho's so that the server's name is always
 * verified, the streams are {@link PacketInput}'s, and a connection can be cut at any moment of its
 * life, name lookup aside.
 */
final class TlsModule implements NetworkModule {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final int ALERT_MILLIS = 500;
  private static final long HURRY_MILLIS = 2;

  private final MqttSettings settings;
  private final CountDownLatch started = new CountDownLatch(1);
  private final Object lock = new Object();
  private boolean stopped;
  private @Nullable Socket plain;
  private @Nullable SSLSocket secure;

  TlsModule(MqttSettings settings) {
    this.settings = settings;
  }

  @Override
  public void start() throws IOException {
    Socket socket = dial();
    socket.setTcpNoDelay(true);
    MqttAddress address = settings.address();
    SSLSocket layered =
        (SSLSocket)
            settings
                .tls()
                .getSocketFactory()
                .createSocket(socket, address.host(), address.port(), true);
    SSLParameters parameters = layered.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    // RFC 9525 server name check, as for HTTPS (RFC 9110, 4.3.4).
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    layered.setSSLParameters(parameters);
    layered.startHandshake();
    secure = layered;
    Thread connecting = Thread.currentThread();
    Thread.ofVirtual().name("mqtt-hurry").start(() -> hurry(connecting));
  }

  /**
   * Wakes the thread that connects until it has sent the CONNECT. It starts three others and sleeps
   * in steps of 100 ms until it sees each run; nothing else it does takes note of an interrupt.
   */
  private void hurry(Thread connecting) {
    try {
      while (connecting.isAlive() && !started.await(HURRY_MILLIS, TimeUnit.MILLISECONDS)) {
        connecting.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The first of the host's addresses that answers. Time is up when somebody stops us. */
  private Socket dial() throws IOException {
    MqttAddress address = settings.address();
    int wait = Math.toIntExact(settings.connectWithin().toMillis());
    IOException last = null;
    for (InetAddress candidate : InetAddress.getAllByName(address.host())) {
      Socket socket = fresh();
      try {
        socket.connect(new InetSocketAddress(candidate, address.port()), wait);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last == null ? new IOException("no address") : last;
  }

  private Socket fresh() throws SocketException {
    synchronized (lock) {
      if (stopped) {
        throw new SocketException("stopped");
      }
      Socket socket = new Socket();
      plain = socket;
      return socket;
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new PacketInput(connected().getInputStream(), settings.maximumPacket(), started);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(connected().getOutputStream()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
          out.write(bytes, offset, length);
        } catch (IOException e) {
          throw started.getCount() > 0 ? alertOr(e) : e;
        } finally {
          started.countDown();
        }
      }
    };
  }

  /**
   * Why our CONNECT could not be written. In TLS 1.3 a server refuses a client's certificate after
   * the client has finished (RFC 8446, 4.4.2.4): the alert is waiting to be read.
   */
  private IOException alertOr(IOException broken) {
    try {
      SSLSocket socket = connected();
      socket.setSoTimeout(ALERT_MILLIS);
      int ignored = socket.getInputStream().read();
      return broken;
    } catch (SSLException alert) {
      return alert;
    } catch (IOException e) {
      return broken;
    }
  }

  private SSLSocket connected() throws SocketException {
    SSLSocket socket = secure;
    if (socket == null) {
      throw new SocketException("not connected");
    }
    return socket;
  }

  /**
   * Cuts the connection. The plain socket is closed, not the TLS one: that would wait for a thread
   * that is blocked in a write. MQTT's DISCONNECT, if there was to be one, has been sent.
   */
  @Override
  public void stop() {
    synchronized (lock) {
      stopped = true;
      if (plain != null) {
        try {
          plain.close();
        } catch (IOException e) {
          // A socket that cannot be closed is closed.
        }
      }
    }
  }

  @Override
  public String getServerURI() {
    return settings.address().toString();
  }
}
