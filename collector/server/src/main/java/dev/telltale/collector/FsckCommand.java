package dev.telltale.collector;

import dev.telltale.collector.fleet.Commitments;
import dev.telltale.ledger.fsck.Finding;
import dev.telltale.ledger.fsck.Fsck;
import dev.telltale.ledger.fsck.Report;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.JsonObject;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.platform.terminal.Tone;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "fsck",
    description =
        "Rebuilds the tree from the journal, with code that shares nothing with its writer.",
    mixinStandardHelpOptions = true)
final class FsckCommand implements Callable<Integer> {
  private static final int WORD = 9;

  @Mixin private Common common = new Common();

  @Option(names = "--json", description = "one object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    CollectorConfig config = common.config();
    Terminal terminal = common.world().terminal();
    KeyStore keys = new KeyStore(config.keys(), common.world().providers());
    Commitments commitments = new Commitments(common.world().providers());
    Report report =
        Fsck.run(
            config.journal(),
            Optional.of(keys.log(config.origin()).key()),
            (_, leaf, attachment) -> commitments.fault(leaf, attachment));
    if (json) {
      terminal.raw(
          new JsonObject()
                  .with("sound", report.sound())
                  .with("size", report.size())
                  .with("root", report.root().toString())
                  .withStrings(
                      "findings", report.findings().stream().map(Finding::toString).toList())
              + "\n");
    } else {
      report
          .findings()
          .forEach(finding -> terminal.row(Tone.BAD, "found", WORD, finding.toString()));
      terminal.row(
          report.sound() ? Tone.GOOD : Tone.BAD,
          report.sound() ? "sound" : "DAMAGED",
          WORD,
          report.size() + " entries in " + report.segments() + " segments, root " + report.root());
    }
    return (report.sound() ? ExitCode.DONE : ExitCode.NO).code();
  }
}
