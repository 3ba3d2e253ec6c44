package dev.telltale.agent.tpm.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a peer that does what we tell it, byte by byte. */
@Timeout(20)
class SocketRawChannelTest {
  private static final byte[] COMMAND = hex("80010000000c0000017b0008");
  private static final byte[] ANSWER = hex("80010000000e0000000000020a0b");

  @TempDir private Path directory;
  private ServerSocketChannel server;
  private SocketRawChannel channel;
  private SocketChannel peer;

  @BeforeEach
  void connect() throws IOException, TpmException {
    Path socket = directory.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    channel = SocketRawChannel.unix(new TpmAddress.UnixSocket(socket), in(5_000));
    peer = server.accept();
  }

  @AfterEach
  void disconnect() throws IOException {
    channel.close();
    peer.close();
    server.close();
  }

  @Test
  void anAnswerMayComeInPieces() throws Exception {
    Thread answering =
        Thread.ofVirtual()
            .start(() -> {
              assertArrayEquals(COMMAND, read(COMMAND.length));
              for (byte one : ANSWER) {
                write(one);
              }
            });

    assertArrayEquals(ANSWER, channel.exchange(COMMAND, in(5_000)));
    answering.join();
  }

  @Test
  void aHungPeerTimesOut() {
    assertThrows(TpmException.TimedOut.class, () -> channel.exchange(COMMAND, in(30)));
  }

  @Test
  void anAnswerThatStopsHalfWayTimesOut() {
    write(hex("80010000000e00000000"));
    assertThrows(TpmException.TimedOut.class, () -> channel.exchange(COMMAND, in(30)));
  }

  @Test
  void theEndOfTheConnectionIsNotAnAnswer() throws IOException {
    peer.close();
    assertTrue(
        assertThrows(TpmException.Unavailable.class, () -> channel.exchange(COMMAND, in(5_000)))
            .broken());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80010000100100000000", // 4,097 bytes announced
        "80017fffffff00000000",
        "8001ffffffff00000000",
        "80010000000900000000",
        "123400000000a0000000",
        "00c40000000a00000000", // success with the tag of a refusal
      })
  void aHeaderOutsideTheBoundsIsMalformed(String header) {
    write(hex(header));
    assertThrows(TpmException.Malformed.class, () -> channel.exchange(COMMAND, in(5_000)));
  }

  @Test
  void aliveMeansOpenAndSilent() throws IOException {
    assertEquals(true, channel.alive());
    peer.close();
    assertEquals(false, channel.alive());
  }

  @Test
  void anAnswerWeGaveUpOnIsNeverTakenForTheNext() {
    write(ANSWER);
    assertEquals(false, channel.alive());
  }

  @Test
  void nobodyListeningIsUnavailable() {
    TpmAddress.UnixSocket nobody = new TpmAddress.UnixSocket(directory.resolve("nobody"));
    assertThrows(TpmException.Unavailable.class, () -> SocketRawChannel.unix(nobody, in(5_000)));
  }

  @Test
  void aCommandThatIsNotFramedIsNotSent() {
    assertThrows(
        IllegalArgumentException.class,
        () -> channel.exchange(hex("8001000000ff00000000"), in(10)));
  }

  @Test
  void tcpIsSpokenTheSameWay() throws Exception {
    try (ServerSocketChannel tcp = ServerSocketChannel.open()) {
      tcp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = ((InetSocketAddress) tcp.getLocalAddress()).getPort();
      TpmAddress.Tcp address = new TpmAddress.Tcp("localhost", port);
      try (SocketRawChannel client = SocketRawChannel.tcp(address, in(5_000));
          SocketChannel chip = tcp.accept()) {
        chip.write(ByteBuffer.wrap(ANSWER));
        assertArrayEquals(ANSWER, client.exchange(COMMAND, in(5_000)));
      }
    }
  }

  private byte[] read(int count) {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    try {
      int last = 0;
      while (buffer.hasRemaining() && last >= 0) {
        last = peer.read(buffer);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return buffer.array();
  }

  private void write(byte... bytes) {
    try {
      peer.write(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Deadline in(long millis) {
    return Deadline.in(Duration.ofMillis(millis));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
