package dev.telltale.tpmsim;

import dev.telltale.tpmsim.swtpm.SwtpmFleet;
import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "down",
    description = "Stop one TPM or all of the directory, in order. \"up\" starts them again.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "DIR", description = "Where the TPMs are kept.")
  private Path directory = Path.of(".");

  @Parameters(index = "1", paramLabel = "NAME", arity = "0..1", description = "This one only.")
  private Optional<String> name = Optional.empty();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    SwtpmFleet fleet = new SwtpmFleet(directory);
    List<SwtpmProcess> tpms = name.isPresent() ? List.of(fleet.tpm(name.get())) : fleet.tpms();
    fleet.exclusively(() -> {
      for (SwtpmProcess tpm : tpms) {
        tpm.stop();
      }
    });
    output.print(spec.commandLine().getOut(), fleet, tpms);
    return 0;
  }
}
