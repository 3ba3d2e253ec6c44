package dev.telltale.platform.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS server that does to each connection what a test says: what no real broker would do. */
final class ScriptedBroker implements AutoCloseable {
  /** CONNACK, reason 0, ten topic aliases. */
  static final byte[] CONNACK_WITH_ALIASES = {0x20, 6, 0, 0, 3, 0x22, 0, 10};

  private static final char[] PASSWORD = "x".toCharArray();

  private final SSLServerSocket server;
  private final AtomicInteger served = new AtomicInteger();

  /** One connection, after the handshake. */
  interface Script {
    void run(SSLSocket socket) throws IOException;
  }

  ScriptedBroker(ThrowAwayCa authority, Script script)
      throws GeneralSecurityException, IOException {
    ThrowAwayCa.Identity identity = authority.issue("broker", "localhost");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "broker", identity.key(), PASSWORD, new Certificate[] {identity.certificate()});
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(managers.getKeyManagers(), null, null);
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(script));
  }

  private void accept(Script script) {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.startHandshake();
        served.incrementAndGet();
        script.run(socket);
      } catch (IOException e) {
        // The client left, or the test is over.
      }
    }
  }

  MqttAddress address() {
    return new MqttAddress("localhost", server.getLocalPort());
  }

  int served() {
    return served.get();
  }

  /** Reads a whole packet without its fixed header. */
  static byte[] packet(DataInputStream in) throws IOException {
    in.readByte();
    int length = 0;
    int digit;
    int shift = 0;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    return in.readNBytes(length);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
