package dev.telltale.agent;

import dev.telltale.platform.config.ConfigException;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All commands but {@code run}, with their options. */
@Command(
    name = Main.PROGRAM,
    description = "Reads sensors, has a TPM quote what it seals, and forgets only on a receipt.",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class)
final class Commands implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Commands(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The exit code. */
  static int execute(List<String> arguments, Terminal terminal) {
    CommandLine line = new CommandLine(new Commands(terminal));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, terminal));
    line.setParameterExceptionHandler((e, rest) -> {
      terminal.error(Main.PROGRAM, e.getMessage() + " (see --help)");
      return ExitCode.ERROR.code();
    });
    return line.execute(arguments.toArray(String[]::new));
  }

  private static int failed(Exception e, Terminal terminal) throws Exception {
    if (e instanceof AgentException || e instanceof ConfigException) {
      terminal.error(Main.PROGRAM, String.valueOf(e.getMessage()));
      return ExitCode.ERROR.code();
    }
    throw e;
  }

  @Override
  public Integer call() {
    StringWriter usage = new StringWriter();
    spec.commandLine().usage(new PrintWriter(usage));
    terminal.error(
        Main.PROGRAM, "a command is missing: one of run, enrol, status, check, quote, sensors");
    return ExitCode.ERROR.code();
  }

  /** Listed for {@code --help}; {@link Main} never comes here to run. */
  @Command(
      name = "run",
      description = "Read, seal, quote and deliver, until SIGTERM.",
      mixinStandardHelpOptions = true)
  int run(@Option(names = "--config", paramLabel = "FILE") Path config) {
    return RunCommand.main(List.of("--config", config.toString()), terminal);
  }

  @Command(
      name = "enrol",
      description = "Make this machine a device, with a ticket of the operator.",
      mixinStandardHelpOptions = true)
  int enrol(
      @Parameters(paramLabel = "TICKET", description = "the ticket file") Path ticket,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              required = true,
              description = "what people shall call the device")
          String name,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              defaultValue = "/etc/telltale/agent.toml",
              description = "configuration (default: ${DEFAULT-VALUE})")
          Path config)
      throws Exception {
    return new EnrolCommand(AgentConfig.read(config), terminal).run(ticket, name).code();
  }

  @Command(
      name = "status",
      description = "How the running agent is.",
      mixinStandardHelpOptions = true)
  int status(
      @Option(names = "--json", description = "one JSON object") boolean json,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              defaultValue = "/etc/telltale/agent.toml",
              description = "configuration (default: ${DEFAULT-VALUE})")
          Path config)
      throws Exception {
    return show(config, Requests.STATUS + (json ? Requests.JSON : ""), json);
  }

  @Command(
      name = "quote",
      description = "Close an envelope now and show its quote. No bytes can be given to be signed.",
      mixinStandardHelpOptions = true)
  int quote(
      @Option(names = "--json", description = "one JSON object") boolean json,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              defaultValue = "/etc/telltale/agent.toml",
              description = "configuration (default: ${DEFAULT-VALUE})")
          Path config)
      throws Exception {
    return show(config, Requests.QUOTE + (json ? Requests.JSON : ""), json);
  }

  private int show(Path config, String request, boolean json) throws Exception {
    List<String> lines = new RunningAgent(AgentConfig.read(config).state()).require(request);
    for (String each : lines) {
      if (json) {
        terminal.raw(each + "\n");
      } else {
        terminal.line(each);
      }
    }
    return ExitCode.DONE.code();
  }

  @Command(
      name = "check",
      description = "Look for whatever could keep the agent from its work.",
      mixinStandardHelpOptions = true)
  int check(
      @Option(names = "--json", description = "one JSON object") boolean json,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              defaultValue = "/etc/telltale/agent.toml",
              description = "configuration (default: ${DEFAULT-VALUE})")
          Path config)
      throws Exception {
    return new CheckCommand(AgentConfig.read(config), terminal).run(json).code();
  }

  @Command(
      name = "sensors",
      description = "One reading of each sensor, sealed and sent nowhere.",
      mixinStandardHelpOptions = true)
  int sensors(
      @Option(names = "--json", description = "one JSON object") boolean json,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              defaultValue = "/etc/telltale/agent.toml",
              description = "configuration (default: ${DEFAULT-VALUE})")
          Path config)
      throws Exception {
    return new SensorsCommand(AgentConfig.read(config), terminal).run(json).code();
  }

  /** The version that the build wrote into the resource {@code version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      try (InputStream resource = Commands.class.getResourceAsStream("version")) {
        if (resource == null) {
          throw new IOException("the resource \"version\" is missing: build again");
        }
        String version = new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        return new String[] {Main.PROGRAM + " " + version};
      }
    }
  }
}
