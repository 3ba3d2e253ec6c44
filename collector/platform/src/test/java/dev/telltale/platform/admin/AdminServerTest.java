package dev.telltale.platform.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AdminServerTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int LARGEST = 4_096;
  private static final byte[] REQUEST = "devices".getBytes(UTF_8);

  @TempDir private Path directory;
  private Path socket = Path.of("");

  @BeforeEach
  void name() {
    socket = directory.resolve("admin.sock");
  }

  private AdminClient client() {
    return new AdminClient(socket, LARGEST, LIMIT);
  }

  private AdminServer server(AdminHandler handler) throws IOException {
    return AdminServer.open(socket, LARGEST, LIMIT, handler);
  }

  @Test
  void answersARequest() throws IOException {
    try (AdminServer _ = server((request, reply) -> reply.send(request))) {
      assertTrue(Files.exists(socket));
      assertArrayEquals(REQUEST, client().ask(REQUEST));
      assertArrayEquals(REQUEST, client().ask(REQUEST));
    }
    assertFalse(Files.exists(socket));
  }

  @Test
  void streamsAnyNumberOfAnswers() throws IOException {
    AdminHandler counting =
        (request, reply) -> {
          for (int i = 0; i < 1_000; i++) {
            reply.send(Integer.toString(i).getBytes(UTF_8));
          }
        };
    List<String> answers = new ArrayList<>();
    try (AdminServer _ = server(counting)) {
      client().ask(REQUEST, answer -> answers.add(new String(answer, UTF_8)));
      assertEquals(1_000, answers.size());
      assertEquals("999", answers.getLast());
    }
  }

  @Test
  void leavesOnlyASocketOfItsOwnerBehind() throws IOException {
    try (AdminServer _ = server((request, reply) -> {});
        Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(socket), files.toList());
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    }
  }

  @Test
  void showsThatAnAnswerIsNotComplete() throws IOException {
    AdminHandler breaking =
        (request, reply) -> {
          reply.send(request);
          throw new IOException("disk");
        };
    try (AdminServer _ = server(breaking)) {
      assertThrows(IOException.class, () -> client().ask(REQUEST));
    }
  }

  @Test
  void boundsTheRequest() throws IOException {
    try (AdminServer _ = server((request, reply) -> reply.send(request))) {
      assertThrows(IOException.class, () -> client().ask(new byte[LARGEST + 1]));
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        channel.write(ByteBuffer.allocate(4).putInt(0, Integer.MAX_VALUE));
        assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
      }
      assertArrayEquals(REQUEST, client().ask(REQUEST));
    }
  }

  @Test
  void boundsTheAnswer() throws IOException {
    try (AdminServer _ = server((request, reply) -> reply.send(new byte[LARGEST + 1]))) {
      assertThrows(IOException.class, () -> client().ask(REQUEST));
    }
  }

  @Test
  void givesUpAProgramThatDoesNotAnswer() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    AdminHandler hanging =
        (request, reply) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (AdminServer _ = server(hanging)) {
      AdminClient impatient = new AdminClient(socket, LARGEST, Duration.ofMillis(200));
      IOException late = assertThrows(IOException.class, () -> impatient.ask(REQUEST));
      assertTrue((late.getMessage() + "").contains("no answer"), late.toString());
    } finally {
      never.countDown();
    }
  }

  @Test
  void takesThePlaceOfADeadProcessButNotOfALivingOne() throws IOException {
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(socket));
    dead.close();
    assertTrue(Files.exists(socket));
    try (AdminServer _ = server((request, reply) -> reply.send(request))) {
      assertThrows(FileAlreadyExistsException.class, () -> server((request, reply) -> {}));
      assertArrayEquals(REQUEST, client().ask(REQUEST));
    }
  }

  @Test
  void doesNotDeleteAFileThatIsNoSocket() throws IOException {
    Files.writeString(socket, "mine");
    assertThrows(FileAlreadyExistsException.class, () -> server((request, reply) -> {}));
    assertEquals("mine", Files.readString(socket));
  }

  @Test
  void saysWhenTheProgramDoesNotRun() {
    assertThrows(IOException.class, () -> client().ask(REQUEST));
  }
}
