package dev.telltale.agent;

import dev.telltale.platform.config.ConfigException;
import dev.telltale.platform.systemd.ServiceManager;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.Terminal;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code telltale-agent run}: until it is told to stop, or cannot go on. */
final class RunCommand {
  private static final System.Logger LOG = System.getLogger("dev.telltale.agent");
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final String USAGE =
      """
      Usage: telltale-agent run [--config FILE]
      Reads the sensors, seals, quotes and delivers, until SIGTERM.
        --config FILE  configuration (default: /etc/telltale/agent.toml)
      """;

  private RunCommand() {}

  /** The exit code. */
  static int main(List<String> arguments, Terminal terminal) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      terminal.raw(USAGE);
      return ExitCode.DONE.code();
    }
    Optional<Path> config = config(arguments);
    if (config.isEmpty()) {
      terminal.error(Main.PROGRAM, "run takes --config FILE and nothing else");
      return ExitCode.ERROR.code();
    }
    // One line for each event, the time first; journald and grep want it so.
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n");
    try {
      run(AgentConfig.read(config.get()));
      return ExitCode.DONE.code();
    } catch (ConfigException | AgentException e) {
      terminal.error(Main.PROGRAM, String.valueOf(e.getMessage()));
      return ExitCode.ERROR.code();
    }
  }

  private static Optional<Path> config(List<String> arguments) {
    if (arguments.isEmpty()) {
      return Optional.of(AgentConfig.FILE);
    }
    if (arguments.size() == 2 && arguments.getFirst().equals("--config")) {
      return Optional.of(Path.of(arguments.get(1)));
    }
    String prefix = "--config=";
    return arguments.size() == 1 && arguments.getFirst().startsWith(prefix)
        ? Optional.of(Path.of(arguments.getFirst().substring(prefix.length())))
        : Optional.empty();
  }

  private static void run(AgentConfig config) throws AgentException {
    ServiceManager manager = ServiceManager.of(System.getenv());
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopInOrder(stop, stopped), "stop"));
    try (Agent agent = Agent.open(config)) {
      agent.failure().whenComplete((none, why) -> stop.countDown());
      manager.ready("running as " + agent.name());
      LOG.log(Level.INFO, "agent.running name=" + agent.name());
      stop.await();
      manager.stopping();
      agent.stop();
      agent.requireSound();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  /** The process ends when its shutdown hooks have: this one waits for an orderly end. */
  private static void stopInOrder(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      if (!stopped.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "agent.stop.late");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
