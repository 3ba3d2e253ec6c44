package dev.telltale.tpmsim;

import dev.telltale.tpmsim.swtpm.SwtpmFleet;
import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description = {
      "Start TPMs; make those that do not exist. They keep running until \"down\".",
      "Without --name or --count: all of the directory, or tpm-1 in a new one."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final int MOST = 1000;
  private static final Duration PROGRESS = Duration.ofSeconds(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "Where the TPMs and their authority are kept.")
  private Path directory = Path.of(".");

  @Option(
      names = "--name",
      paramLabel = "N",
      description = "The TPM of this name; may be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--count", paramLabel = "N", description = "PREFIX-1 to PREFIX-N.")
  private int count;

  @Option(names = "--prefix", paramLabel = "P", description = "For --count; \"tpm\" if absent.")
  private String prefix = "tpm";

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    SwtpmFleet fleet = new SwtpmFleet(directory);
    List<SwtpmProcess> tpms = fleet.up(wanted(fleet), progress());
    output.print(spec.commandLine().getOut(), fleet, tpms);
    return 0;
  }

  private List<String> wanted(SwtpmFleet fleet) throws IOException {
    boolean counted = spec.commandLine().getParseResult().hasMatchedOption("--count");
    if (counted && (!names.isEmpty() || count < 1 || count > MOST)) {
      throw new ParameterException(
          spec.commandLine(), "use either --name or --count with 1 to " + MOST);
    }
    if (counted) {
      return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + "-" + i).toList();
    }
    if (!names.isEmpty()) {
      return names.stream().distinct().toList();
    }
    List<String> existing =
        Files.isDirectory(fleet.directory())
            ? fleet.tpms().stream().map(tpm -> tpm.home().name()).toList()
            : List.of();
    return existing.isEmpty() ? List.of(prefix + "-1") : existing;
  }

  /** A line every two seconds: a fleet of new TPMs takes longer than people wait in silence. */
  private SwtpmFleet.Progress progress() {
    PrintWriter err = spec.commandLine().getErr();
    long[] last = {System.nanoTime()};
    return (done, all) -> {
      if (done < all && System.nanoTime() - last[0] > PROGRESS.toNanos()) {
        last[0] = System.nanoTime();
        err.println(done + " of " + all + " are up");
        err.flush();
      }
    };
  }
}
