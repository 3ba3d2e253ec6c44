package dev.telltale.protocol.spec;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * Writes a fresh worked example into the specification: run it in the module's folder after a
 * format has changed, and look at the difference.
 */
final class SpecWriter {
  private SpecWriter() {}

  public static void main(String[] arguments) throws IOException, MalformedException {
    Map<String, Bytes> blocks = WorkedExample.blocks();
    for (SpecFile file : SpecFile.all()) {
      Files.writeString(file.path(), file.with(blocks).content());
    }
  }
}
