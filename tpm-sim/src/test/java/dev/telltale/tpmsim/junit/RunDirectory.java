package dev.telltale.tpmsim.junit;

import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import dev.telltale.tpmsim.swtpm.TpmHome;
import dev.telltale.tpmsim.swtpm.Trees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What one JVM works with. Its lock is held as long as the JVM lives, however it ends. */
final class RunDirectory implements AutoCloseable {
  /** Opening and closing a lock file of this very process would release the lock (fcntl(2)). */
  private static final Set<Path> OWN_RUNS = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel lock;

  private RunDirectory(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** One at a time: between its creation and its lock a run looks as if its JVM were gone. */
  static RunDirectory create(Path runs) throws IOException {
    Path directory = Files.createDirectory(runs.resolve(shortId()));
    OWN_RUNS.add(directory);
    FileChannel lock = lockFile(lockOf(directory));
    lock.lock();
    return new RunDirectory(directory, lock);
  }

  /** A place that nothing is at yet. */
  TpmHome newHome() {
    return new TpmHome(directory.resolve(shortId()));
  }

  /** Clears away the runs whose JVM is gone. */
  static void sweep(Path runs) throws IOException {
    for (Path run : list(runs)) {
      if (!Files.isDirectory(run) || OWN_RUNS.contains(run)) {
        continue;
      }
      Path lockPath = lockOf(run);
      try (FileChannel channel = lockFile(lockPath)) {
        if (tryLock(channel)) {
          clear(run);
          Files.deleteIfExists(lockPath);
        }
      }
    }
  }

  private static void clear(Path run) throws IOException {
    for (Path left : list(run)) {
      new SwtpmProcess(new TpmHome(left)).kill();
    }
    Trees.delete(run);
  }

  /** The lock goes when the channel closes. */
  static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  static FileChannel lockFile(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static Path lockOf(Path run) {
    return Path.of(run + ".lock");
  }

  static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  private static String shortId() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  @Override
  public void close() throws IOException {
    clear(directory);
    Files.deleteIfExists(lockOf(directory));
    lock.close();
  }
}
