package dev.telltale.protocol.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.vectors.HexVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SpecTest {
  private static final Pattern TITLE = Pattern.compile("# .* \\(version 1\\)\\n");
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| (\\d+) \\| `([a-z0-9.-]+)` \\| ([^|]+) \\| [^|]+ \\|$", Pattern.MULTILINE);

  /** The journal is nobody's input but its owner's, and names no checks. */
  private static final Set<String> FILES =
      Set.of(
          "answers.md",
          "bundle.md",
          "cbor.md",
          "challenge.md",
          "checkpoint.md",
          "ekey.md",
          "enrolment.md",
          "envelope.md",
          "journal.md",
          "leaf.md",
          "reading.md");

  static Stream<SpecFile> files() {
    return SpecFile.all().stream();
  }

  @Test
  void everyFormatHasItsFile() {
    assertEquals(FILES, files().map(SpecFile::name).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void theTitleHasAVersion(SpecFile file) {
    assertTrue(TITLE.matcher(file.content()).lookingAt(), file.name());
  }

  @Test
  void everyCheckHasExactlyOneRowWithItsMeaning() {
    Map<String, String> rows = new LinkedHashMap<>();
    int number = 0;
    for (MatchResult row : ROW.matcher(answers().content()).results().toList()) {
      assertEquals(++number, Integer.parseInt(row.group(1)), "number of " + row.group(2));
      assertEquals(null, rows.put(row.group(2), row.group(3)), "second row " + row.group(2));
    }

    Map<String, String> checks =
        Arrays.stream(Check.values()).collect(Collectors.toMap(Check::text, Check::meaning));
    assertEquals(new TreeMap<>(checks), new TreeMap<>(rows));
  }

  private static SpecFile answers() {
    return SpecFile.read(SpecFile.FOLDER.resolve("answers.md"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusalsAreNumberedAndNamedAsChecks(SpecFile file) {
    int number = 0;
    for (SpecFile.Refusal refusal : file.refusals()) {
      assertEquals(++number, refusal.number(), file.name() + ": " + refusal.check());
      assertTrue(Check.named(refusal.check()).isPresent(), refusal.check());
    }
    assertTrue(number > 0 || file.name().equals("journal.md"), file.name());
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyExampleEncodesAgainToItself(SpecFile file) throws MalformedException {
    for (Map.Entry<String, Bytes> block : file.blocks().entrySet()) {
      if (SpecFormats.of(block.getKey()).isPresent()) {
        assertEquals(
            block.getValue(),
            SpecFormats.of(block.getKey()).orElseThrow().again(block.getValue()),
            block.getKey());
      }
    }
  }

  /** What has no randomness in it is what the code gives today. */
  @Test
  void theExamplesAreThoseOfTheCode() throws MalformedException {
    Map<String, Bytes> spec = new TreeMap<>();
    files().forEach(file -> spec.putAll(file.blocks()));
    Map<String, Bytes> code = WorkedExample.blocks();
    Map<String, Bytes> again = WorkedExample.blocks();

    List<String> same = new ArrayList<>();
    for (Map.Entry<String, Bytes> block : spec.entrySet()) {
      Optional<Bytes> now = Optional.ofNullable(code.get(block.getKey()));
      assertTrue(now.isPresent(), "no such example: " + block.getKey());
      if (now.equals(Optional.ofNullable(again.get(block.getKey())))) {
        assertEquals(now.orElseThrow(), block.getValue(), block.getKey());
        same.add(block.getKey());
      }
    }
    assertTrue(same.size() >= 15, same.toString());
  }

  /** Every refusal of form is provoked by a vector; private keys have their own tests. */
  @ParameterizedTest
  @MethodSource("files")
  void everyRefusalOfFormHasAVector(SpecFile file) {
    Set<String> provoked =
        file.vectorFolders().stream()
            .flatMap(HexVector::folder)
            .map(HexVector::expectation)
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    for (SpecFile.Refusal refusal : file.refusals()) {
      boolean ofForm =
          refusal.check().startsWith("form.") && !refusal.check().equals(Check.FORM_KEY.text());
      if (ofForm && !provoked.contains(refusal.check())) {
        missing.add(refusal.check());
      }
    }
    assertEquals(Set.of(), missing, file.name());
  }
}
