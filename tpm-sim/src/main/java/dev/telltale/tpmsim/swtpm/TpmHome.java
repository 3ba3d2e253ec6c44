package dev.telltale.tpmsim.swtpm;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The directory of one simulated TPM and the files in it. */
public record TpmHome(Path directory) {
  /** A Unix socket address holds 108 bytes, one of them the closing zero (unix(7)). */
  private static final int LONGEST_SOCKET_PATH = 107;

  public TpmHome {
    directory = directory.toAbsolutePath().normalize();
  }

  public String name() {
    return String.valueOf(directory.getFileName());
  }

  /** What {@code device} in an agent's configuration has to say to reach this TPM. */
  public String address() {
    return "unix:" + data();
  }

  public Path data() {
    return directory.resolve("data.sock");
  }

  public Path control() {
    return directory.resolve("ctrl.sock");
  }

  public Path state() {
    return directory.resolve("state");
  }

  public Path certificates() {
    return directory.resolve("certs");
  }

  Path pid() {
    return directory.resolve("pid");
  }

  Path log() {
    return directory.resolve("swtpm.log");
  }

  /** Where the TPM answers until its boot is measured: nobody else knows this name. */
  Path boot() {
    return directory.resolve("boot.sock");
  }

  Path twinState() {
    return directory.resolve("twin");
  }

  Path twinData() {
    return directory.resolve("twind.sock");
  }

  Path twinControl() {
    return directory.resolve("twinc.sock");
  }

  void requireShortSockets() throws SwtpmException {
    int length = twinData().toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_SOCKET_PATH) {
      throw new SwtpmException(
          "the directory is "
              + (length - LONGEST_SOCKET_PATH)
              + " bytes too long for Unix sockets (at most "
              + LONGEST_SOCKET_PATH
              + " with the file name): choose a shorter one than "
              + directory);
    }
  }
}
