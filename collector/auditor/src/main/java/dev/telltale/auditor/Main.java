package dev.telltale.auditor;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program {@code telltale-verify}. */
final class Main {
  private static final int VERIFIED = 0;
  private static final int NOT_VERIFIED = 1;
  private static final int ENVIRONMENT = 2;

  private static final String HELP =
      """
      usage: telltale-verify FILE --trust FILE [--json]

      Verifies a bundle (.tlb) offline: whose device, which software, which readings, when, in which
      log. The trust file says whom you believe; get it from someone you trust, not with the bundle.

        --trust FILE  lines: log VKEY, operator BASE64, ek-root BASE64, sim-root BASE64
        --json        one JSON object instead of lines
        --version     which program this is

      Exit status: 0 verified, 1 not verified, 2 usage or environment.
      """;

  private final PrintStream out;
  private final PrintStream err;

  Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int status = new Main(out, err).run(List.of(arguments));
    out.flush();
    System.exit(out.checkError() ? ENVIRONMENT : status);
  }

  int run(List<String> arguments) {
    try {
      return switch (Arguments.parse(arguments)) {
        case Arguments.Help() -> {
          out.print(HELP);
          yield VERIFIED;
        }
        case Arguments.Version() -> {
          out.println("telltale-verify " + version());
          yield VERIFIED;
        }
        case Arguments.Wrong(String why) -> complain(why + " (see telltale-verify --help)");
        case Arguments.Verify asked -> verify(asked);
      };
    } catch (IOException e) {
      return complain(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A defect of ours must not look like an answer.
      return complain("cannot verify this bundle, which is a defect of this program: " + e);
    }
  }

  private int verify(Arguments.Verify asked) throws IOException {
    Bytes bundle = InputFile.read(asked.file(), Limits.BUNDLE);
    Bytes text = InputFile.read(asked.trust(), Limits.TRUST_FILE);
    Trust trust;
    try {
      trust = Trust.parse(text, String.valueOf(asked.trust().getFileName()));
    } catch (MalformedException e) {
      String line = e.offset() > 0 ? ", line " + e.offset() : "";
      return complain("%s%s: %s".formatted(asked.trust(), line, e.getMessage()));
    }
    Report report = new Audit(trust, Providers.jdk()).of(bundle);
    if (asked.json()) {
      out.println(JsonReport.of(report));
    } else {
      TextReport.lines(report).forEach(out::println);
    }
    return report.verified() ? VERIFIED : NOT_VERIFIED;
  }

  private int complain(String why) {
    err.println("telltale-verify: " + Words.printable(why));
    return ENVIRONMENT;
  }

  private static String version() throws IOException {
    try (InputStream resource = Main.class.getResourceAsStream("version")) {
      if (resource == null) {
        throw new IOException("the resource \"version\" is missing: build again");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
