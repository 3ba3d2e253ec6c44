package dev.telltale.tpmsim;

import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "reset",
    description =
        "Reset the TPM as at a reboot, under the connections that it has, and boot again.",
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private Target target = new Target();

  @Override
  public Integer call() throws IOException {
    return target.apply(spec.commandLine().getOut(), SwtpmProcess::reset);
  }
}
