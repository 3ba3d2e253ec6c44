package dev.telltale.agent.sensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** A copy of what a small board shows under /proc and /sys, to be changed at will. */
final class PiFiles {
  private final Path root;

  PiFiles(Path root) throws IOException {
    this.root = root;
    Path captured = captured();
    try (Stream<Path> files = Files.walk(captured)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        write(captured.relativize(file).toString(), Files.readString(file));
      }
    }
  }

  private static Path captured() {
    try {
      return Path.of(Objects.requireNonNull(PiFiles.class.getResource("pi/proc/stat")).toURI())
          .resolve("../..")
          .normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  HostSensor.Roots roots() {
    return new HostSensor.Roots(root.resolve("proc"), root.resolve("sys"));
  }

  void write(String file, String content) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String file) throws IOException {
    Files.delete(root.resolve(file));
  }
}
