package dev.telltale.tpmsim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the resource {@code version}. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    try (InputStream resource = Version.class.getResourceAsStream("version")) {
      if (resource == null) {
        throw new IOException("the resource \"version\" is missing: build again");
      }
      String version = new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
      return new String[] {"telltale-tpm-sim " + version};
    }
  }
}
