package dev.telltale.collector;

import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.protocol.crypto.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code telltale-collector}: the commands, by name. */
@Command(
    name = Main.PROGRAM,
    description = "Verifies what devices report, commits it to a log anyone can check, answers.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      InitCommand.class,
      RunCommand.class,
      EnrolCommand.class,
      DevicesCommand.class,
      ReadingsCommand.class,
      ReferenceCommand.class,
      ExportCommand.class,
      FsckCommand.class
    })
public final class Main {
  static final String PROGRAM = "telltale-collector";

  /** What every command works with: the one place where clock and chance come from. */
  record World(Terminal terminal, Providers providers, SecureRandom random, InstantSource clock) {
    static World real() {
      return new World(
          Terminal.system(System.getenv()),
          Providers.jdk(),
          new SecureRandom(),
          InstantSource.system());
    }
  }

  /** The version that the build wrote into the resource {@code version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      try (InputStream resource = Main.class.getResourceAsStream("version")) {
        if (resource == null) {
          throw new IOException("the resource \"version\" is missing: build again");
        }
        String version = new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        return new String[] {PROGRAM + " " + version};
      }
    }
  }

  private Main() {}

  public static void main(String[] arguments) {
    // One event a line, for journald; before anything logs.
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %5$s%6$s%n");
    World world = World.real();
    CommandLine line = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((problem, _) -> {
      world.terminal().error(PROGRAM, problem.getMessage() + "; see --help");
      return ExitCode.ERROR.code();
    });
    line.setExecutionExceptionHandler((problem, _, _) -> {
      world.terminal().error(PROGRAM, explain(problem));
      return ExitCode.ERROR.code();
    });
    System.exit(line.execute(arguments));
  }

  private static String explain(Exception problem) {
    String message = problem.getMessage();
    return message == null ? problem.getClass().getSimpleName() : message;
  }
}
