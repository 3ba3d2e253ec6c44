package dev.telltale.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This source tree, and its programs as {@code deploy/bin} starts them. */
record Checkout(Path root) {
  private static final Pattern LAUNCH =
      Pattern.compile("telltale_launch (\\S+) (\\S+) (.*)-- \"\\$@\"");

  /** Found from the working directory upwards. */
  static Checkout here() throws IOException {
    Optional<Path> at = Optional.of(Path.of("").toAbsolutePath());
    while (at.isPresent()) {
      if (Files.isRegularFile(at.get().resolve("deploy/lib/launch.sh"))) {
        return new Checkout(at.get());
      }
      at = Optional.ofNullable(at.get().getParent());
    }
    throw new IOException("run this inside a checkout of Telltale");
  }

  Path work() {
    return root.resolve("deploy/work");
  }

  /**
   * The command line of a program. Module, class and JVM options are those of its launcher, so that
   * the two cannot part.
   */
  List<String> command(String program, List<String> arguments) throws IOException {
    Matcher launch = LAUNCH.matcher(Files.readString(root.resolve("deploy/bin/" + program)));
    if (!launch.find()) {
      throw new IOException("deploy/bin/" + program + " launches nothing");
    }
    Path target = root.resolve(launch.group(1)).resolve("target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Pattern.compile("\\s+").splitAsStream(launch.group(3).strip()).forEach(command::add);
    command.add("-cp");
    command.add(target.resolve("classes") + ":" + target.resolve("lib") + "/*");
    command.add(launch.group(2));
    command.addAll(arguments);
    return command;
  }
}
