package dev.telltale.collector;

import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.platform.terminal.Tone;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmHash;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    description = "Makes keys, authority, log and broker configuration. Once, on day one.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  private static final int WORD = 9;

  @Mixin private Common common = new Common();

  @Option(
      names = "--pcrs",
      split = ",",
      paramLabel = "N",
      description = "registers of the SHA-256 bank that every quote covers; default 0 to 8")
  private List<Integer> registers = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8);

  @Override
  public Integer call() throws Exception {
    CollectorConfig config = common.config();
    Main.World world = common.world();
    Terminal terminal = world.terminal();
    Initialiser initialiser =
        new Initialiser(config, world.providers(), world.random(), world.clock());
    if (initialiser.done()) {
      terminal.error(
          Main.PROGRAM, config.keys() + " holds keys already; init runs once, on day one");
      return ExitCode.NO.code();
    }
    String log = initialiser.create(PcrSelection.of(TpmHash.SHA256, registers));
    terminal.row(
        Tone.GOOD,
        "created",
        WORD,
        "log " + log + ", operator key, wrap key, CA; genesis is leaf 0");
    terminal.row(
        Tone.GOOD,
        "wrote",
        WORD,
        "mosquitto configuration, ACL and certificate in "
            + config.mosquitto()
            + "; the folder is for the broker's user");
    terminal.row(
        Tone.NOTE,
        "BACK UP",
        WORD,
        config.keys()
            + " now; without it this log cannot continue, and whoever has it and this"
            + " disk reads every reading and has the operator's power");
    return ExitCode.DONE.code();
  }
}
