package dev.telltale.collector;

import dev.telltale.collector.admin.Question;
import dev.telltale.collector.admin.Row;
import dev.telltale.platform.config.ConfigException;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.bundle.TrustFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = "Writes a bundle for telltale-verify, or the trust file an auditor starts from.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(arity = "0..1", paramLabel = "DEVICE", description = "name or id")
  private String device = "";

  @Option(names = "--envelope", paramLabel = "SEQ", description = "default: the newest")
  private long sequence;

  @Option(names = "--item", paramLabel = "N", description = "shows this reading; default: none")
  private long item = -1;

  @Option(names = "--trust", description = "the trust file, in place of a bundle")
  private boolean trust;

  @Option(names = "--output", required = true, paramLabel = "FILE")
  private Path output = Path.of("");

  @Override
  public Integer call() throws Exception {
    Terminal terminal = common.world().terminal();
    if (trust == !device.isEmpty()) {
      terminal.error(Main.PROGRAM, "give a DEVICE for a bundle, or --trust for the trust file");
      return ExitCode.ERROR.code();
    }
    if (trust) {
      write(trustFile().encode());
      return ExitCode.DONE.code();
    }
    return switch (common.ask(new Question.Export(device, sequence, item))) {
      case Row.FileRow(Bytes bundle) -> {
        write(bundle);
        yield ExitCode.DONE.code();
      }
      case Row.No(String why) -> {
        terminal.error(Main.PROGRAM, why);
        yield ExitCode.NO.code();
      }
      case Row.DeviceRow _, Row.ReadingRow _, Row.RegisterRow _, Row.Placed _ ->
          throw new IllegalStateException("another answer than to an export");
    };
  }

  private TrustFile trustFile() throws IOException, ConfigException, CertificateException {
    CollectorConfig config = common.config();
    KeyStore keys = new KeyStore(config.keys(), common.world().providers());
    return new TrustFile(
        keys.log(config.origin()).key(),
        keys.signing(KeyStore.OPERATOR).publicKey(),
        Certificates.der(config.ekRoots()),
        Certificates.der(config.simulationRoots()));
  }

  /** For someone else, so an ordinary file in an ordinary place; never over another one. */
  private void write(Bytes content) throws IOException {
    Files.write(output, content.toArray(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    common.world().terminal().line(output + "  " + content.length() + " bytes");
  }
}
