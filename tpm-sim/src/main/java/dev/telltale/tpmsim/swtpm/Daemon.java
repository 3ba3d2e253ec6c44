package dev.telltale.tpmsim.swtpm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the swtpm process. In a session of its own, so that it outlives this program and its
 * terminal; as a child and not with {@code --daemon}, so that it is reaped while this program runs.
 */
final class Daemon {
  private Daemon() {}

  static Process spawn(Path state, Path data, Path control, Path log, List<String> more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Tool.SETSID.path().toString(),
                Tool.SWTPM.path().toString(),
                "socket",
                "--tpm2",
                "--tpmstate",
                stateArgument(state),
                "--server",
                "type=unixio,path=" + data,
                "--ctrl",
                "type=unixio,path=" + control));
    command.addAll(more);
    return new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Also what a running process is recognised by. */
  static String stateArgument(Path state) {
    return "dir=" + state;
  }
}
