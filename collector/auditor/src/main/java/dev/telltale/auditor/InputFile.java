package dev.telltale.auditor;

import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that anybody could have made. */
final class InputFile {
  private InputFile() {}

  /** The whole file, or one line that says why not. */
  static Bytes read(Path file, int most) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw new IOException(file + " has more than " + most + " bytes");
      }
      return Bytes.of(content);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    }
  }
}
