package dev.telltale.agent.tpm.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * swtpm's data socket. swtpm takes what one read returns for one command, serves one client at a
 * time and lets a second one wait without a word: one write per command, never two in flight, and
 * every wait has an end.
 */
final class SocketRawChannel implements RawChannel {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;

  private SocketRawChannel(SocketChannel channel, Selector selector, SelectionKey key) {
    this.channel = channel;
    this.selector = selector;
    this.key = key;
  }

  static SocketRawChannel unix(TpmAddress.UnixSocket address, Deadline deadline)
      throws TpmException {
    return open(address, UnixDomainSocketAddress.of(address.path()), deadline);
  }

  static SocketRawChannel tcp(TpmAddress.Tcp address, Deadline deadline) throws TpmException {
    InetSocketAddress peer = new InetSocketAddress(address.host(), address.port());
    if (peer.isUnresolved()) {
      throw new TpmException.Unavailable(address + ": no such host");
    }
    return open(address, peer, deadline);
  }

  private static SocketRawChannel open(TpmAddress name, SocketAddress peer, Deadline deadline)
      throws TpmException {
    SocketRawChannel opened;
    try {
      opened = register(peer);
    } catch (IOException e) {
      throw unavailable(name, e);
    }
    try {
      if (!opened.channel.connect(peer)) {
        opened.await(SelectionKey.OP_CONNECT, deadline);
        opened.channel.finishConnect();
      }
      return opened;
    } catch (IOException e) {
      opened.close();
      throw unavailable(name, e);
    } catch (TpmException e) {
      opened.close();
      throw e;
    }
  }

  private static SocketRawChannel register(SocketAddress peer) throws IOException {
    boolean unix = peer instanceof UnixDomainSocketAddress;
    SocketChannel channel =
        unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    try {
      channel.configureBlocking(false);
      if (!unix) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      Selector selector = channel.provider().openSelector();
      return new SocketRawChannel(channel, selector, channel.register(selector, 0));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static TpmException unavailable(TpmAddress name, IOException cause) {
    return new TpmException.Unavailable(name + ": " + cause.getMessage(), cause);
  }

  @Override
  public byte[] exchange(byte[] command, Deadline deadline) throws TpmException {
    Frame.requireCommand(command);
    try {
      if (channel.write(ByteBuffer.wrap(command)) != command.length) {
        throw new TpmException.Unavailable("the socket took part of a command only");
      }
      ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
      fill(header, deadline);
      ByteBuffer response = ByteBuffer.allocate(Frame.size(header));
      response.put(header.flip());
      fill(response, deadline);
      return response.array();
    } catch (IOException e) {
      throw new TpmException.Unavailable("connection to the TPM lost: " + e.getMessage(), e);
    }
  }

  private void fill(ByteBuffer buffer, Deadline deadline) throws IOException, TpmException {
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer);
      if (count < 0) {
        throw new TpmException.Unavailable("the TPM closed the connection");
      }
      if (count == 0) {
        await(SelectionKey.OP_READ, deadline);
      }
    }
  }

  private void await(int operation, Deadline deadline) throws IOException, TpmException {
    key.interestOps(operation);
    do {
      if (deadline.passed()) {
        throw new TpmException.TimedOut("no answer from the TPM in time");
      }
      selector.selectedKeys().clear();
    } while (selector.select(deadline.millisLeftAtLeastOne()) == 0);
  }

  /** Nothing may be readable between two commands: not the end, and not an answer we gave up on. */
  @Override
  public boolean alive() {
    try {
      return channel.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try (channel;
        selector) {
      key.cancel();
    } catch (IOException e) {
      System.getLogger(SocketRawChannel.class.getName())
          .log(System.Logger.Level.DEBUG, "closing the TPM socket", e);
    }
  }
}
