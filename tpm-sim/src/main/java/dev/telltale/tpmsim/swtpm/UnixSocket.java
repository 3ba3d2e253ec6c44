package dev.telltale.tpmsim.swtpm;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One connection with deadlines. swtpm serves one client at a time and lets the next one wait
 * without a word, so no read here is unlimited.
 */
final class UnixSocket implements Closeable {
  private final Path path;
  private final SocketChannel channel;
  private final Selector selector;

  private UnixSocket(Path path, SocketChannel channel, Selector selector) {
    this.path = path;
    this.channel = channel;
    this.selector = selector;
  }

  static UnixSocket connect(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    try {
      channel.configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new UnixSocket(path, channel, selector);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** All at once where the kernel takes it: swtpm takes a command that arrives in parts apart. */
  void send(byte[] message, Duration limit) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(message);
    if (channel.write(rest) == message.length) {
      return;
    }
    boolean sent =
        Await.until(
            () -> {
              try {
                channel.write(rest);
                return !rest.hasRemaining();
              } catch (IOException e) {
                return true;
              }
            },
            limit);
    if (!sent || rest.hasRemaining()) {
      throw new SwtpmException(path + " takes no more bytes");
    }
  }

  byte[] receive(int length, Duration limit) throws IOException {
    ByteBuffer received = ByteBuffer.allocate(length);
    long end = System.nanoTime() + limit.toNanos();
    while (received.hasRemaining()) {
      int count = channel.read(received);
      if (count < 0) {
        throw new SwtpmException("swtpm closed " + path);
      }
      if (count == 0) {
        awaitBytes(end);
      }
    }
    return received.array();
  }

  private void awaitBytes(long end) throws IOException {
    long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
    if (millis <= 0) {
      throw new SilentException(path);
    }
    selector.select(millis);
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    try (selector;
        channel) {
      selector.wakeup();
    }
  }

  /** Nothing came in time: for a data socket this means that somebody else holds the TPM. */
  static final class SilentException extends SwtpmException {
    private static final long serialVersionUID = 1L;

    SilentException(Path path) {
      super("swtpm does not answer on " + path);
    }
  }
}
