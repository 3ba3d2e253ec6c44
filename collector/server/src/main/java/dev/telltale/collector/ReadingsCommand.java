package dev.telltale.collector;

import dev.telltale.collector.admin.Question;
import dev.telltale.collector.admin.Row;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.JsonObject;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.reading.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "readings",
    description = "Verified readings, each with (leaf, item): the handle of its proof.",
    mixinStandardHelpOptions = true)
final class ReadingsCommand implements Callable<Integer> {
  private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");
  private static final String HEADER =
      "device,quantity,time,value,unit,quality,tier,reasons,leaf,item\n";

  @Mixin private Common common = new Common();

  @Parameters(arity = "0..1", paramLabel = "DEVICE", description = "name or id; all without")
  private String device = "";

  @Option(names = "--since", paramLabel = "T", description = "1h, 7d, or 2026-11-24T00:00:00Z")
  private String since = "";

  @Option(names = "--csv", description = "comma-separated, with a header")
  private boolean csv;

  @Option(names = "--json", description = "one object a line")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = common.world().terminal();
    AtomicReference<ExitCode> exit = new AtomicReference<>(ExitCode.DONE);
    if (csv) {
      terminal.raw(HEADER);
    }
    common.ask(
        new Question.Readings(device, from()),
        row -> {
          switch (row) {
            case Row.ReadingRow reading -> terminal.raw(text(reading));
            case Row.No(String why) -> {
              terminal.error(Main.PROGRAM, why);
              exit.set(ExitCode.NO);
            }
            case Row.DeviceRow _, Row.RegisterRow _, Row.FileRow _, Row.Placed _ ->
                throw new IllegalStateException("another answer than readings");
          }
        });
    return exit.get().code();
  }

  private long from() throws IOException {
    Matcher ago = AGO.matcher(since);
    if (since.isEmpty()) {
      return 0;
    }
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      Duration back =
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      return Math.max(0, common.world().clock().instant().minus(back).toEpochMilli());
    }
    try {
      return Math.max(0, Instant.parse(since).toEpochMilli());
    } catch (DateTimeException e) {
      throw new IOException("--since is 1h, 7d or 2026-11-24T00:00:00Z, not " + since, e);
    }
  }

  /** One reading as a line; a ciphertext that opened to no reading has neither name nor value. */
  private String text(Row.ReadingRow row) throws IOException {
    if (row.pack().isEmpty()) {
      return line(row, "", "", "", "", "unreadable");
    }
    try {
      Reading reading = Reading.decode(row.pack());
      return line(
          row,
          reading.name(),
          Instant.ofEpochMilli(reading.timeMillis()).toString(),
          reading.value().map(BigDecimal::toPlainString).orElse(""),
          reading.unit(),
          reading.quality().name().toLowerCase(Locale.ROOT));
    } catch (MalformedException e) {
      throw new IOException("the running collector sent no reading", e);
    }
  }

  private String line(
      Row.ReadingRow row, String name, String time, String value, String unit, String quality) {
    if (json) {
      JsonObject object =
          new JsonObject().with("device", row.name()).with("quantity", name).with("time", time);
      object =
          value.isEmpty() ? object.withNull("value") : object.with("value", new BigDecimal(value));
      return object
              .with("unit", unit)
              .with("quality", quality)
              .with("tier", row.tier())
              .with("reasons", row.reasons())
              .with("leaf", row.leaf())
              .with("item", row.item())
          + "\n";
    }
    String separator = csv ? "," : " ";
    return String.join(
            separator,
            cell(row.name()),
            name,
            time,
            value,
            unit,
            quality,
            row.tier(),
            row.reasons(),
            Long.toString(row.leaf()),
            Long.toString(row.item()))
        + "\n";
  }

  /** RFC 4180: device names are free text. */
  private String cell(String text) {
    return csv && text.matches("(?s).*[\",\r\n].*")
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }
}
