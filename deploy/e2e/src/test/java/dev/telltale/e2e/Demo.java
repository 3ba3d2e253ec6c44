package dev.telltale.e2e;

import dev.telltale.platform.terminal.JsonObject;
import dev.telltale.platform.terminal.Terminal;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From nothing to verified readings, told aloud, and checked at the end by who trusts nobody. */
final class Demo {
  private final Terminal terminal;
  private final DemoOptions options;
  private final Map<Device, Long> read = new HashMap<>();
  private boolean told;

  Demo(Terminal terminal, DemoOptions options) {
    this.terminal = terminal;
    this.options = options;
  }

  /** What came out, counted from the log itself. */
  record Result(
      long committed,
      long refused,
      long lost,
      long duplicated,
      boolean verified,
      long checkpoint,
      double seconds) {
    boolean good(long expected) {
      return committed == expected && refused == 0 && lost == 0 && duplicated == 0 && verified;
    }

    JsonObject json() {
      return new JsonObject()
          .with("committed", committed)
          .with("refused", refused)
          .with("lost", lost)
          .with("duplicated", duplicated)
          .with("ledger_verified", verified)
          .with("checkpoint_size", checkpoint)
          .with("seconds", java.math.BigDecimal.valueOf(Math.round(seconds * 10), 1));
    }
  }

  /** Whether all came out as it has to. */
  boolean run() throws IOException, InterruptedException, MalformedException {
    long start = System.nanoTime();
    try (World world = World.create("demo-")) {
      if (options.keep()) {
        world.keep();
        say("keeping", world.directory().toString());
      }
      prepare(world);
      long refusalsFrom = world.collector().log().end();
      for (Device device : world.devices()) {
        device.launch();
      }
      deliver(world);
      Result result = check(world, start, refusalsFrom);
      long expected = (long) options.readings() * options.devices();
      say(
          result.good(expected) ? "DONE" : "WRONG",
          "%d readings committed, %d envelopes refused, %d readings lost, %d twice; %.1f s"
              .formatted(
                  result.committed,
                  result.refused,
                  result.lost,
                  result.duplicated,
                  result.seconds));
      if (options.json()) {
        terminal.raw(result.json() + "\n");
      }
      return result.good(expected);
    }
  }

  private void say(String word, String text) {
    terminal.line("%-9s %s".formatted(word, text));
  }

  private void prepare(World world) throws IOException, InterruptedException {
    say("tpms", "making " + options.devices() + " simulated TPMs with EK certificates (swtpm)");
    world.withCollector(options.devices(), (done, all) -> say("", done + " of " + all + " are up"));
    say("collector", "made its keys and log, and answers behind Mosquitto over mutual TLS");
    Path ticket = world.collector().ticket(options.devices());
    for (Device device : world.devices()) {
      device.configure(Sensing.host(options.readings()));
      device.enrol(ticket);
      say("enrolled", device.name() + ": its AK is bound to the EK of its TPM");
    }
    Device first = world.devices().getFirst();
    say("operator", "looks at " + first.name() + " and accepts its state for the whole group:");
    say("", "$ telltale-collector reference learn " + first.name());
    world.collector().ask("reference", "learn", first.name()).lines().forEach(this::quote);
  }

  private void quote(String line) {
    say("", line);
  }

  /** Until every device has its receipts, a line for each envelope as it happens. */
  private void deliver(World world) throws IOException, InterruptedException {
    say("running", options.readings() + " real readings of this machine by each device");
    for (Device device : world.devices()) {
      device.awaitRunning();
    }
    Waiting.until(
        "all readings are committed",
        Waiting.PATIENCE.plusMillis(100L * options.readings()),
        () -> {
          boolean complete = true;
          for (Device device : world.devices()) {
            tell(world, device);
            complete &= device.delivered(0) >= options.readings();
          }
          return complete;
        });
    for (Device device : world.devices()) {
      tell(world, device);
    }
  }

  private void tell(World world, Device device) throws IOException, InterruptedException {
    long from = read.getOrDefault(device, 0L);
    String said = device.log().since(from);
    read.put(device, from + said.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    for (String line : said.lines().filter(each -> each.contains(" envelope.")).toList()) {
      if (line.contains(" envelope.committed ")) {
        say(
            "committed",
            "%s envelope %d: %d readings, leaf %d, %s; receipt verified by the device"
                .formatted(
                    device.name(),
                    Log.number(line, "seq"),
                    Log.number(line, "readings"),
                    Log.number(line, "leaf"),
                    Log.field(line, "tier").orElse("")));
        story(world, device, Log.number(line, "seq"));
      } else if (line.contains(" envelope.held ") || line.contains(" envelope.refused ")) {
        say("refused", device.name() + line.substring(line.indexOf(" envelope.")));
      }
    }
  }

  /** Once, for the first envelope. */
  private void story(World world, Device device, long sequence)
      throws IOException, InterruptedException {
    if (told) {
      return;
    }
    told = true;
    try {
      Path file = world.bundle(device, sequence);
      Bundle bundle = Bundle.decode(Bytes.of(Files.readAllBytes(file)));
      Files.delete(file);
      say("", "what happened to it, step by step:");
      Story.of(device.name(), bundle).forEach(terminal::line);
    } catch (MalformedException e) {
      throw new IOException("the collector exports what is no bundle: " + e.getMessage(), e);
    }
  }

  private Result check(World world, long start, long refusalsFrom)
      throws IOException, InterruptedException {
    long taken = 0;
    for (Device device : world.devices()) {
      taken += device.status().number("taken");
    }
    List<String> rows = world.collector().readings();
    rows.stream().limit(3).forEach(row -> say("reading", row));
    world.collector().ask("fsck").lines().forEach(line -> say("fsck", line));
    Device first = world.devices().getFirst();
    Path bundle = world.bundle(first, 1);
    say("auditor", "trusts two public keys and the TPM maker, checks one reading, offline:");
    say("", "$ telltale-verify " + bundle.getFileName() + " --trust demo.trust");
    Processes.Output audit = world.verify(bundle, world.trust());
    audit.out().lines().forEach(this::quote);
    audit.err().lines().forEach(this::quote);
    Journal journal = Journal.read(world.collector().journal());
    long refused = world.collector().refusals(refusalsFrom).size();
    long distinctRows = rows.stream().distinct().count();
    return new Result(
        journal.readings(),
        refused,
        taken - (journal.readings() - journal.duplicates()),
        Math.max(journal.duplicates(), rows.size() - distinctRows),
        journal.report().sound() && rows.size() == journal.readings() && audit.exit() == 0,
        journal.report().size(),
        (System.nanoTime() - start) / 1e9);
  }
}
