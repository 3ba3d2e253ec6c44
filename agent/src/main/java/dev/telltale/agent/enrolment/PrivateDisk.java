package dev.telltale.agent.enrolment;

import dev.telltale.platform.durable.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A directory whose new files nobody else may read, from before their first byte. */
record PrivateDisk(Disk disk, Path directory) implements Disk {
  @Override
  public File create(String name) throws IOException {
    File file = disk.create(name);
    try {
      Files.setPosixFilePermissions(
          directory.resolve(name), PosixFilePermissions.fromString("rw-------"));
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public File open(String name) throws IOException {
    return disk.open(name);
  }

  @Override
  public List<String> list() throws IOException {
    return disk.list();
  }

  @Override
  public long size(String name) throws IOException {
    return disk.size(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    disk.delete(name);
  }

  @Override
  public void sync() throws IOException {
    disk.sync();
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
