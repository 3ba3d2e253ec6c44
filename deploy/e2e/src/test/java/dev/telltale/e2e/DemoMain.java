package dev.telltale.e2e;

import dev.telltale.platform.terminal.JsonObject;
import dev.telltale.platform.terminal.Terminal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code deploy/demo}. */
@Command(
    name = DemoMain.PROGRAM,
    description =
        "Runs devices with simulated TPMs, a broker and a collector on this machine, and checks"
            + " what comes out with a program that trusts none of them.",
    mixinStandardHelpOptions = true,
    version = "deploy/demo 0.1.0")
public final class DemoMain implements Callable<Integer> {
  static final String PROGRAM = "deploy/demo";

  private static final int DONE = 0;
  private static final int NO = 1;
  private static final int ENVIRONMENT = 2;

  private final Terminal terminal = Terminal.system(System.getenv());

  @Mixin private DemoOptions options = new DemoOptions();

  private DemoMain() {}

  @Override
  public Integer call() throws Exception {
    if (!options.problem().isEmpty()) {
      terminal.error(PROGRAM, options.problem());
      return ENVIRONMENT;
    }
    if (options.attack().isEmpty()) {
      return new Demo(terminal, options).run() ? DONE : NO;
    }
    if (options.attack().equals("list")) {
      for (Attack attack : Attack.values()) {
        terminal.line("%-18s %s".formatted(attack.text(), attack.description()));
      }
      return DONE;
    }
    Optional<Attack> attack = Attack.named(options.attack());
    if (attack.isEmpty()) {
      terminal.error(PROGRAM, "no attack " + options.attack() + ": see --attack list");
      return ENVIRONMENT;
    }
    return attack(attack.get()) ? DONE : NO;
  }

  private boolean attack(Attack attack) throws Exception {
    terminal.line("attack    " + attack.text() + ": " + attack.description());
    terminal.line("starting  three devices, one of which will be in the attacker's hands");
    try (Scene scene = Scene.set("attack-")) {
      if (options.keep()) {
        scene.world().keep();
      }
      Scene.Ending ending = scene.run(attack);
      Attack.Expected outcome = ending.outcome();
      terminal.line(
          "%-9s code %s, check %s; the honest device had %d readings committed meanwhile"
              .formatted(
                  ending.asSpecified() ? "refused" : "WRONG",
                  outcome.code(),
                  outcome.check(),
                  ending.honestCommitted()));
      if (options.json()) {
        terminal.raw(
            new JsonObject()
                    .with("attack", attack.text())
                    .with("code", outcome.code())
                    .with("check", outcome.check())
                    .with("refused", outcome.equals(attack.expected()))
                    .with("honest_committed", ending.honestCommitted())
                + "\n");
      }
      return ending.asSpecified();
    }
  }

  public static void main(String[] arguments) {
    // Libraries have nothing to say here that the programs do not say in their own logs.
    System.setProperty("java.util.logging.config.class", "dev.telltale.e2e.DemoMain$NoLogging");
    CommandLine line = new CommandLine(new DemoMain());
    line.setParameterExceptionHandler((problem, _) -> {
      System.err.println(PROGRAM + ": " + problem.getMessage() + " (see --help)");
      return ENVIRONMENT;
    });
    line.setExecutionExceptionHandler((problem, _, _) -> {
      System.err.println(PROGRAM + ": " + problem.getMessage());
      return problem instanceof IOException ? NO : ENVIRONMENT;
    });
    System.exit(line.execute(arguments));
  }

  /** Leaves the root logger without a handler. */
  public static final class NoLogging {
    /** Called by the logging system. */
    public NoLogging() {
      java.util.logging.LogManager.getLogManager().reset();
    }
  }
}
