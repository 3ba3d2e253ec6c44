package dev.telltale.tpmsim;

import dev.telltale.tpmsim.swtpm.SwtpmFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    description = "Say how to reach every TPM of the directory, or that it is stopped.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "Where the TPMs are kept.")
  private Path directory = Path.of(".");

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    SwtpmFleet fleet = new SwtpmFleet(directory);
    output.print(spec.commandLine().getOut(), fleet, fleet.tpms());
    return 0;
  }
}
