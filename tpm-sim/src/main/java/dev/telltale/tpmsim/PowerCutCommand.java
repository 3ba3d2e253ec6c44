package dev.telltale.tpmsim;

import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "power-cut",
    description = "Take the power away (SIGKILL), give it back, and boot again.",
    mixinStandardHelpOptions = true)
final class PowerCutCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private Target target = new Target();

  @Override
  public Integer call() throws IOException {
    return target.apply(spec.commandLine().getOut(), SwtpmProcess::powerCut);
  }
}
