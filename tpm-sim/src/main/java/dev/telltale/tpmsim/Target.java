package dev.telltale.tpmsim;

import dev.telltale.tpmsim.swtpm.SwtpmFleet;
import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One TPM that something is done to. */
final class Target {
  @Parameters(index = "0", paramLabel = "DIR", description = "Where the TPMs are kept.")
  private Path directory = Path.of(".");

  @Parameters(index = "1", paramLabel = "NAME", description = "The TPM.")
  private String name = "";

  @Mixin private Output output = new Output();

  /** What is done. */
  interface Deed {
    void to(SwtpmProcess tpm) throws IOException;
  }

  int apply(PrintWriter out, Deed deed) throws IOException {
    SwtpmFleet fleet = new SwtpmFleet(directory);
    SwtpmProcess tpm = fleet.tpm(name);
    fleet.exclusively(() -> deed.to(tpm));
    output.print(out, fleet, List.of(tpm));
    return 0;
  }
}
