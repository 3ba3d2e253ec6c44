package dev.telltale.platform.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A small file that is replaced whole: after a power cut it has its old content or its new one, and
 * the new one once {@link #replace} has returned.
 */
public final class DurableFile {
  private static final String UNFINISHED = ".new";

  private final Disk disk;
  private final String name;
  private final int limit;

  /** Content longer than the limit is neither written nor read. */
  public DurableFile(Disk disk, String name, int limit) {
    this.disk = disk;
    this.name = name;
    this.limit = limit;
  }

  /** The content, durable even if the program that wrote it ended before it could tell. */
  public Optional<byte[]> read() throws IOException {
    disk.sync();
    if (!disk.list().contains(name)) {
      return Optional.empty();
    }
    try (Disk.File file = disk.open(name)) {
      long size = file.size();
      if (size > limit) {
        throw new IOException(name + " has " + size + " bytes, more than " + limit);
      }
      ByteBuffer content = ByteBuffer.allocate((int) size);
      if (file.read(0, content) != size) {
        throw new IOException(name + " became shorter while it was read");
      }
      return Optional.of(content.array());
    }
  }

  /** Replaces the content; durable on return. After a failure either content may be there. */
  public void replace(byte[] content) throws IOException {
    if (content.length > limit) {
      throw new IllegalArgumentException(content.length + " bytes, the limit is " + limit);
    }
    String unfinished = name + UNFINISHED;
    if (disk.list().contains(unfinished)) {
      disk.delete(unfinished);
    }
    try (Disk.File file = disk.create(unfinished)) {
      file.write(0, ByteBuffer.wrap(content));
      file.force();
    }
    disk.rename(unfinished, name);
    disk.sync();
  }
}
