package dev.telltale.auditor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.message.Tier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
  @TempDir private Path directory = Path.of("");

  private Path bundle = Path.of("");
  private Path trust = Path.of("");

  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  void writeFiles() throws IOException {
    bundle = write("q1.tlb", new SampleBundle().build());
    trust = write("north.trust", SampleBundle.trustFile().encode());
  }

  private Path write(String name, Bytes content) throws IOException {
    return Files.write(directory.resolve(name), content.toArray());
  }

  private static Outcome run(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new Main(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(Arrays.stream(arguments).map(String::valueOf).toList());
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void rightBundleEndsWithVerifiedAndZero() {
    Outcome outcome = run(bundle, "--trust", trust);
    assertEquals(0, outcome.status(), outcome.out());
    List<String> lines = outcome.out().lines().toList();
    assertTrue(
        lines.contains("ok    log         telltale.example.org/north at 7; key from north.trust"),
        outcome.out());
    assertTrue(outcome.out().contains("power 291 W at 2026-11-24T12:01:00Z (item 0)"));
    assertTrue(lines.contains("      not proven: that the sensor told the truth"));
    assertEquals("VERIFIED", lines.getLast());
    assertEquals("", outcome.err());
  }

  @Test
  void wrongBundleEndsWithNotVerifiedAndOne() throws IOException {
    SampleBundle sample = new SampleBundle();
    sample.quotedValues = SampleBundle.values(0x49);
    Outcome outcome = run("--trust", trust, write("wrong.tlb", sample.build()));
    assertEquals(1, outcome.status());
    List<String> lines = outcome.out().lines().toList();
    assertEquals("NOT VERIFIED", lines.getLast());
    assertTrue(
        lines.get(lines.size() - 2).startsWith("FAIL  values      reference.values: register 8"),
        outcome.out());
    assertEquals(1, lines.stream().filter(line -> line.startsWith("FAIL")).count());
  }

  @Test
  void jsonIsOneObject() throws IOException {
    Outcome outcome = run(bundle, "--json", "--trust", trust);
    assertEquals(0, outcome.status());
    assertEquals(1, outcome.out().lines().count());
    assertTrue(
        outcome.out().startsWith("{\"verified\":true,\"checks\":[{\"name\":\"file\",\"ok\":"));
    assertTrue(
        outcome.out().contains("\"device\":\"000102030405060708090a0b0c0d0e0f\",\"leaf\":5,"));
    assertTrue(
        outcome
            .out()
            .contains(
                "{\"item\":1,\"number\":2,\"name\":\"power\",\"value\":0.50,\"unit\":\"W\","
                    + "\"time\":\"2026-11-24T12:01:00Z\",\"quality\":\"good\"}"),
        outcome.out());
    SampleBundle sample = new SampleBundle();
    sample.sealedBoot = Samples.fill(1, 16);
    sample.tier = Tier.AFFIRMING;
    outcome = run(write("wrong.tlb", sample.build()), "--json", "--trust", trust);
    assertEquals(1, outcome.status());
    assertTrue(outcome.out().startsWith("{\"verified\":false,"));
    assertTrue(outcome.out().contains("\"ok\":false,\"check\":\"receipt.verdict\""));
    assertTrue(
        outcome
            .out()
            .endsWith("\"device\":null,\"leaf\":null,\"readings\":[],\"not_proven\":[]}\n"));
  }

  @Test
  void jsonTextIsEscaped() {
    assertEquals("\"a\\\"b\\\\c\\u000a\\u00e9\"", JsonReport.quoted("a\"b\\c\n\u00e9"));
  }

  @Test
  void textThatWouldMoveOnATerminalIsNotPrinted() {
    assertEquals("a?b?c?é", Words.printable("a\u001bb\u202ec\u009bé"));
  }

  @Test
  void whatCannotBeTriedIsOneLineAndTwo() throws IOException {
    Path bad = write("bad.trust", Bytes.utf8("operator x\n"));
    Path certificate =
        write(
            "certificate.trust",
            Bytes.concat(SampleBundle.trustFile().encode(), Bytes.utf8("ek-root AAAA\n")));
    Path large = directory.resolve("large.trust");
    Files.write(large, new byte[300_000]);
    for (Outcome outcome :
        List.of(
            run(),
            run(bundle),
            run("--trust", trust),
            run(bundle, "--trust"),
            run(bundle, bundle, "--trust", trust),
            run(bundle, "--trust", trust, "--trust", trust),
            run(bundle, "--trust", trust, "--quiet"),
            run(bundle, "--trust", directory),
            run(directory.resolve("absent"), "--trust", trust),
            run(bundle, "--trust", bad),
            run(bundle, "--trust", certificate),
            run(bundle, "--trust", large))) {
      assertEquals(2, outcome.status(), outcome.err());
      assertEquals("", outcome.out());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
      assertTrue(outcome.err().startsWith("telltale-verify: "), outcome.err());
    }
    assertTrue(run(bundle, "--trust", bad).err().contains("bad.trust, line 1: "));
  }

  @Test
  void helpAndVersionAreAnswered() {
    Outcome help = run("--help");
    assertEquals(0, help.status());
    assertTrue(help.out().startsWith("usage: telltale-verify FILE --trust FILE"));
    Outcome version = run("--version");
    assertEquals(0, version.status());
    assertTrue(version.out().matches("telltale-verify [0-9]+\\.[0-9]+\\.[0-9]+\n"), version.out());
  }
}
