package dev.telltale.agent.enrolment;

import dev.telltale.platform.durable.DirectoryDisk;
import dev.telltale.platform.durable.Disk;
import dev.telltale.platform.durable.DurableFile;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The agent's directory, held by one process at a time: identity file, outbox, socket. */
public final class StateDirectory implements AutoCloseable {
  private static final String IDENTITY = "identity";
  private static final String OUTBOX = "outbox";
  private static final String SOCKET = "agent.sock";

  private final Path path;
  private final Disk disk;
  private final DurableFile identity;

  private StateDirectory(Path path, Disk disk) {
    this.path = path;
    this.disk = disk;
    this.identity = new DurableFile(disk, IDENTITY, IdentityCodec.LARGEST);
  }

  /** Takes the directory, and makes it if it is not there. */
  public static StateDirectory own(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new StateDirectory(path, new PrivateDisk(DirectoryDisk.own(path), path));
  }

  /** Where a running agent answers. */
  public static Path socket(Path directory) {
    return directory.resolve(SOCKET);
  }

  /** Looks at the identity without taking the directory, which a running agent holds. */
  public static Optional<Identity> peek(Path directory, Providers providers) throws IOException {
    try (InputStream in = Files.newInputStream(directory.resolve(IDENTITY))) {
      byte[] content = in.readNBytes(IdentityCodec.LARGEST + 1);
      return Optional.of(decode(directory, Bytes.of(content), providers));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  public Optional<Identity> identity(Providers providers) throws IOException {
    Optional<byte[]> content = identity.read();
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(decode(path, Bytes.of(content.get()), providers));
  }

  private static Identity decode(Path directory, Bytes content, Providers providers)
      throws IOException {
    try {
      return IdentityCodec.decode(content, providers);
    } catch (MalformedException e) {
      throw new IOException(
          directory.resolve(IDENTITY)
              + " is damaged at byte "
              + e.offset()
              + ": "
              + e.check().text(),
          e);
    }
  }

  /** Durable on return. */
  void write(Identity enrolled) throws IOException {
    identity.replace(IdentityCodec.encode(enrolled).toArray());
  }

  /** Whether an outbox is there, empty or not. */
  boolean hasOutbox() throws IOException {
    return disk.list().contains(OUTBOX);
  }

  /** Takes the outbox's directory. */
  public Disk outbox() throws IOException {
    return DirectoryDisk.own(path.resolve(OUTBOX));
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
