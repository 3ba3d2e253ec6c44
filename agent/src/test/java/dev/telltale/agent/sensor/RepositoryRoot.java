package dev.telltale.agent.sensor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Maven runs the tests of a module in its folder, an editor perhaps above it. */
final class RepositoryRoot {
  private RepositoryRoot() {}

  static Path find() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("collector/protocol"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("not in the repository: " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }
}
