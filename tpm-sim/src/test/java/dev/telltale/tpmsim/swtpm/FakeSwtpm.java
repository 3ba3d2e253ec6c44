package dev.telltale.tpmsim.swtpm;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;

/** Answers whatever it is asked with the same bytes and then closes. */
final class FakeSwtpm implements Closeable {
  private final Path path;
  private final ServerSocketChannel server;

  FakeSwtpm(Path path, String answer) throws IOException {
    this.path = path;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Thread.ofVirtual().start(() -> serve(HexFormat.of().parseHex(answer)));
  }

  Path path() {
    return path;
  }

  private void serve(byte[] answer) {
    try (SocketChannel client = server.accept()) {
      client.read(ByteBuffer.allocate(8192));
      client.write(ByteBuffer.wrap(answer));
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
