package dev.telltale.protocol.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The folder {@code shared} beside the checkout; without it the tests that need it are skipped. */
public final class SharedVectors {
  private SharedVectors() {}

  /** A file or folder under {@code shared/vectors}. */
  public static Path path(String name) {
    Path path = repositoryRoot().resolveSibling("shared").resolve("vectors").resolve(name);
    Assumptions.assumeTrue(Files.exists(path), () -> "skipped: no vectors at " + path);
    return path;
  }

  public static Json json(String name) throws IOException {
    return Json.parse(Files.readString(path(name)));
  }

  /** The outermost folder with a POM: tests run in that of their module. */
  public static Path repositoryRoot() {
    Path root = Path.of("").toAbsolutePath();
    for (Path up = root.getParent();
        up != null && Files.exists(up.resolve("pom.xml"));
        up = up.getParent()) {
      root = up;
    }
    return root;
  }
}
