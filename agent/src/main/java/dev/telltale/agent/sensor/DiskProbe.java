package dev.telltale.agent.sensor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Space on one file system; free is what a program without privileges can still take. */
final class DiskProbe implements Probe {
  private static final Quantity USED = new Quantity("disk-used", "B");
  private static final Quantity FREE = new Quantity("disk-free", "B");

  private final Path path;

  DiskProbe(Path path) {
    this.path = path;
  }

  @Override
  public List<Quantity> quantities() {
    return List.of(USED, FREE);
  }

  @Override
  public List<Measured> measure() throws IOException {
    FileStore store = Files.getFileStore(path);
    return List.of(
        Measured.good(USED, store.getTotalSpace() - store.getUnallocatedSpace()),
        Measured.good(FREE, store.getUsableSpace()));
  }
}
