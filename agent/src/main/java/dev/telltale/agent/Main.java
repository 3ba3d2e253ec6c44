package dev.telltale.agent;

import dev.telltale.platform.terminal.Terminal;
import java.util.Arrays;
import java.util.List;

/** {@code telltale-agent}. */
public final class Main {
  static final String PROGRAM = "telltale-agent";

  private Main() {}

  /** Ends the process with the exit code of the command. */
  public static void main(String[] arguments) {
    Terminal terminal = Terminal.system(System.getenv());
    List<String> rest = Arrays.asList(arguments);
    boolean run = !rest.isEmpty() && rest.getFirst().equals("run");
    System.exit(
        run
            ? RunCommand.main(rest.subList(1, rest.size()), terminal)
            : Commands.execute(rest, terminal));
  }
}
