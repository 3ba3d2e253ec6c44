package dev.telltale.collector;

import dev.telltale.collector.admin.Question;
import dev.telltale.collector.admin.Row;
import dev.telltale.platform.terminal.ExitCode;
import dev.telltale.platform.terminal.JsonObject;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.platform.terminal.Tone;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "devices",
    description = "All devices: how far each has come, and what holds it.",
    mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {
  private static final int NAME = 20;

  @Mixin private Common common = new Common();

  @Option(names = "--json", description = "one object a line")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = common.world().terminal();
    AtomicInteger count = new AtomicInteger();
    common.ask(
        new Question.Devices(),
        row -> {
          switch (row) {
            case Row.DeviceRow device -> {
              count.incrementAndGet();
              print(terminal, device);
            }
            case Row.No(String why) -> terminal.error(Main.PROGRAM, why);
            case Row.ReadingRow _, Row.RegisterRow _, Row.FileRow _, Row.Placed _ ->
                throw new IllegalStateException("another answer than devices");
          }
        });
    if (count.get() == 0 && !json) {
      terminal.line("no device has enrolled: telltale-collector enrol invite makes a ticket");
    }
    return ExitCode.DONE.code();
  }

  private void print(Terminal terminal, Row.DeviceRow device) {
    if (json) {
      terminal.raw(json(device) + "\n");
      return;
    }
    String last =
        device.arrival() == 0
            ? "nothing committed yet"
            : device.readings()
                + " readings in "
                + device.sequence()
                + " envelopes, last "
                + Instant.ofEpochMilli(device.arrival());
    boolean held = !device.held().isEmpty();
    terminal.row(
        held ? Tone.BAD : Tone.GOOD,
        device.name(),
        NAME,
        device.group()
            + " "
            + device.grade()
            + " "
            + last
            + (held ? "; held: " + device.held() + ", " + device.detail() : ""));
  }

  private static JsonObject json(Row.DeviceRow device) {
    return new JsonObject()
        .with("id", device.id().toString())
        .with("name", device.name())
        .with("group", device.group())
        .with("grade", device.grade())
        .with("envelopes", device.sequence())
        .with("readings", device.readings())
        .with("arrival", device.arrival())
        .with("held", device.held())
        .with("detail", device.detail());
  }
}
