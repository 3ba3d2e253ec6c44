package dev.telltale.platform.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;

/**
 * Answers questions on a Unix socket, a virtual thread each. Only the user who runs the program and
 * root are heard: the socket has mode 0600 before it can be found, and the kernel is asked who the
 * peer is.
 */
public final class AdminServer implements AutoCloseable {
  private static final int AT_ONCE = 16;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String ROOT = "root";

  private final Path socket;
  private final ServerSocketChannel server;
  private final String owner;
  private final AdminHandler handler;
  private final int largestRequest;
  private final Duration limit;
  private final Semaphore places = new Semaphore(AT_ONCE);

  private AdminServer(
      Path socket,
      ServerSocketChannel server,
      AdminHandler handler,
      int largestRequest,
      Duration limit)
      throws IOException {
    this.socket = socket;
    this.server = server;
    this.owner = Files.getOwner(socket).getName();
    this.handler = handler;
    this.largestRequest = largestRequest;
    this.limit = limit;
  }

  /**
   * Listens at a path, in place of the socket an earlier process left there.
   *
   * @param limit for one request and its answers
   * @throws FileAlreadyExistsException if somebody answers there already, or it is no socket
   */
  public static AdminServer open(
      Path socket, int largestRequest, Duration limit, AdminHandler handler) throws IOException {
    makeRoom(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      bind(channel, socket);
      AdminServer opened = new AdminServer(socket, channel, handler, largestRequest, limit);
      Thread.ofVirtual().name("admin").start(opened::accept);
      return opened;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void makeRoom(Path socket) throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.readAttributes(socket, BasicFileAttributes.class).isOther()) {
      throw new FileAlreadyExistsException(socket + " is not a socket");
    }
    if (answers(socket)) {
      throw new FileAlreadyExistsException(socket + " belongs to a running program");
    }
    // Left by a process that was killed.
    Files.delete(socket);
  }

  private static boolean answers(Path socket) {
    try {
      SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Binds in a directory of our own and moves the socket out once its mode is right. */
  private static void bind(ServerSocketChannel channel, Path socket) throws IOException {
    Path folder =
        Files.createTempDirectory(
            socket.toAbsolutePath().getParent(),
            ".s",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path hidden = folder.resolve("s");
    try {
      channel.bind(UnixDomainSocketAddress.of(hidden));
      Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
      Files.move(hidden, socket, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(hidden);
      Files.delete(folder);
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        if (places.tryAcquire()) {
          Thread.ofVirtual().name("admin-request").start(() -> serve(channel));
        } else {
          channel.close();
        }
      } catch (IOException e) {
        // We were closed, or there are no descriptors left, which a busy loop would not help.
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void serve(SocketChannel channel) {
    try (channel;
        Deadline deadline = new Deadline(channel, limit)) {
      if (!mayAsk(channel)) {
        return;
      }
      Optional<byte[]> request = Frames.read(channel, largestRequest);
      if (request.isPresent() && !deadline.passed()) {
        handler.handle(request.get(), answer -> Frames.write(channel, answer));
        Frames.writeEnd(channel);
      }
    } catch (IOException e) {
      // The client sees an answer without its end.
    } finally {
      places.release();
    }
  }

  private boolean mayAsk(SocketChannel channel) throws IOException {
    String user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    return user.equals(owner) || user.equals(ROOT);
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
  }
}
