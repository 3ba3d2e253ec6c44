package dev.telltale.tpmsim;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "tamper",
    description = "Extend a register with what no reference knows; a reset makes it good again.",
    mixinStandardHelpOptions = true)
final class TamperCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--pcr", paramLabel = "N", description = "The register, 0 to 15; 0 if absent.")
  private int register;

  @Mixin private Target target = new Target();

  @Override
  public Integer call() throws IOException {
    return target.apply(spec.commandLine().getOut(), tpm -> tpm.tamper(register));
  }
}
