package dev.telltale.platform.durable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of the operating system, held by one owner through a lock on the file {@value #LOCK}
 * in it. The lock goes with the process, however that ends.
 *
 * <p>Files are RandomAccessFiles, not channels: the JDK closes a channel under its user when a
 * thread is interrupted in it, and one cancelled reader would then stop the writer.
 */
public final class DirectoryDisk implements Disk {
  static final String LOCK = "lock";

  private final Path directory;
  private final FileChannel lockChannel;
  private final FileLock lock;

  private DirectoryDisk(Path directory, FileChannel lockChannel, FileLock lock) {
    this.directory = directory;
    this.lockChannel = lockChannel;
    this.lock = lock;
  }

  /** Takes the directory, creating it (not its parent) if it is not there. */
  public static DirectoryDisk own(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath();
    if (!Files.isDirectory(absolute)) {
      Files.createDirectory(absolute);
      syncDirectory(parentOf(absolute));
    }
    FileChannel channel =
        FileChannel.open(
            absolute.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException(absolute + " is in use by another process");
      }
      return new DirectoryDisk(absolute, channel, lock);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(absolute + " is already in use by this process", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Path parentOf(Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent == null) {
      throw new IOException(directory + " has no parent");
    }
    return parent;
  }

  @Override
  public File create(String name) throws IOException {
    Path path = resolve(name);
    Files.createFile(path);
    return new OpenFile(new RandomAccessFile(path.toFile(), "rw"));
  }

  @Override
  public File open(String name) throws IOException {
    Path path = resolve(name);
    if (!Files.isRegularFile(path)) {
      throw new java.nio.file.NoSuchFileException(path.toString());
    }
    return new OpenFile(new RandomAccessFile(path.toFile(), "rw"));
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> !name.equals(LOCK))
          .sorted()
          .toList();
    }
  }

  @Override
  public long size(String name) throws IOException {
    return Files.size(resolve(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        resolve(from),
        resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(resolve(name));
  }

  @Override
  public void sync() throws IOException {
    syncDirectory(directory);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockChannel.close();
  }

  @Override
  public String toString() {
    return directory.toString();
  }

  /** A directory can be forced through a channel only; an interrupt is no failure of the disk. */
  private static void syncDirectory(Path directory) throws IOException {
    boolean interrupted = false;
    while (true) {
      interrupted |= Thread.interrupted();
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
        break;
      } catch (ClosedByInterruptException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Path resolve(String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".") || name.equals(LOCK)) {
      throw new IllegalArgumentException("not a plain file name: " + name);
    }
    return directory.resolve(name);
  }

  /** The file pointer is shared state, hence the locking. */
  private static final class OpenFile implements File {
    private final RandomAccessFile file;

    private OpenFile(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public synchronized long size() throws IOException {
      return file.length();
    }

    @Override
    public synchronized int read(long position, ByteBuffer target) throws IOException {
      file.seek(position);
      int total = 0;
      while (target.hasRemaining()) {
        int count =
            file.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
        if (count < 0) {
          break;
        }
        target.position(target.position() + count);
        total += count;
      }
      return total;
    }

    @Override
    public synchronized void write(long position, ByteBuffer source) throws IOException {
      file.seek(position);
      file.write(source.array(), source.arrayOffset() + source.position(), source.remaining());
      source.position(source.limit());
    }

    @Override
    public synchronized void truncate(long size) throws IOException {
      file.setLength(size);
    }

    @Override
    public void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
