package dev.telltale.tpmsim;

import dev.telltale.tpmsim.swtpm.NotRunningException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code telltale-tpm-sim}. */
@Command(
    name = "telltale-tpm-sim",
    description = "Simulated TPMs: real swtpm processes with EK certificates and a measured boot.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      ListCommand.class,
      ResetCommand.class,
      PowerCutCommand.class,
      TamperCommand.class
    },
    footer = {
      "",
      "Every boot extends registers 0 to 8 (SHA-256) with fixed values: register N with the hash of",
      "\"telltale-tpm-sim firmware 1, register N\".",
      "Exit status: 0 done, 1 the TPM does not run, 2 usage or environment."
    })
final class Main implements Runnable {
  private static final int NO = 1;
  private static final int ENVIRONMENT = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: up, down, list, reset, power-cut or tamper");
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(false);
    line.setParameterExceptionHandler(Main::usage);
    line.setExecutionExceptionHandler((failure, where, _) -> failed(failure, where));
    return line;
  }

  private static int usage(ParameterException failure, String[] arguments) {
    CommandLine where = failure.getCommandLine();
    String name = where.getCommandSpec().qualifiedName();
    complain(where.getErr(), failure.getMessage() + " (see " + name + " --help)");
    return ENVIRONMENT;
  }

  private static int failed(Exception failure, CommandLine where) throws Exception {
    if (!(failure instanceof IOException)) {
      throw failure;
    }
    complain(where.getErr(), sentence(failure));
    return failure instanceof NotRunningException ? NO : ENVIRONMENT;
  }

  /** The message of a {@link FileSystemException} alone can be nothing but a path. */
  private static String sentence(Exception failure) {
    return failure instanceof FileSystemException
        ? "cannot use " + failure.getMessage() + " (" + failure.getClass().getSimpleName() + ")"
        : String.valueOf(failure.getMessage());
  }

  private static void complain(PrintWriter err, String message) {
    err.println("telltale-tpm-sim: " + message.lines().findFirst().orElse("failed"));
    err.flush();
  }

  public static void main(String[] arguments) throws ExecutionException {
    System.exit(commandLine().execute(arguments));
  }
}
