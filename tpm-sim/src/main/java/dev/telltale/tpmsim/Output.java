package dev.telltale.tpmsim;

import dev.telltale.tpmsim.swtpm.SwtpmFleet;
import dev.telltale.tpmsim.swtpm.SwtpmProcess;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What every command prints: one line for each TPM concerned, or one JSON object. */
final class Output {
  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  void print(PrintWriter out, SwtpmFleet fleet, List<SwtpmProcess> tpms) {
    if (json) {
      out.println(object(fleet, tpms));
    } else {
      int width = tpms.stream().mapToInt(tpm -> tpm.home().name().length()).max().orElse(1);
      tpms.forEach(tpm -> out.println(line(fleet, tpm, width)));
    }
    out.flush();
  }

  private static String line(SwtpmFleet fleet, SwtpmProcess tpm, int width) {
    String name = String.format("%-" + width + "s  ", tpm.home().name());
    return tpm.running()
        ? name + tpm.home().address() + "  trust " + fleet.root()
        : name + "stopped";
  }

  private static String object(SwtpmFleet fleet, List<SwtpmProcess> tpms) {
    return tpms.stream()
        .map(tpm -> element(fleet, tpm))
        .collect(
            Collectors.joining(
                ",",
                "{\"directory\":"
                    + quoted(fleet.directory().toString())
                    + ",\"root\":"
                    + quoted(fleet.root().toString())
                    + ",\"issuer\":"
                    + quoted(fleet.issuer().toString())
                    + ",\"tpms\":[",
                "]}"));
  }

  private static String element(SwtpmFleet fleet, SwtpmProcess tpm) {
    return "{\"name\":"
        + quoted(tpm.home().name())
        + ",\"device\":"
        + quoted(tpm.home().address())
        + ",\"trust\":"
        + quoted(fleet.root().toString())
        + ",\"running\":"
        + tpm.running()
        + "}";
  }

  /** RFC 8259, section 7. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
