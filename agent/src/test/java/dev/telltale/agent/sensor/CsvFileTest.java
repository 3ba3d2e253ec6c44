package dev.telltale.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.sensor.CsvFile.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  @TempDir Path directory;

  @Test
  void readsHeaderAndRowsWithEitherLineEnd() throws IOException {
    assertEquals(
        List.of(cells("a", "b"), cells("1", "2"), cells("3", ""), cells("", "")),
        rows("a,b\r\n1,2\n3,\r\n,"));
  }

  @Test
  void aQuotedCellMayHoldCommasAndQuotes() throws IOException {
    assertEquals(
        List.of(cells("a,b", "say \"c\""), cells("", "2")),
        rows("\"a,b\",\"say \"\"c\"\"\"\n\"\",2\n"));
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheHeader() throws IOException {
    assertEquals(List.of(cells("ä"), cells("1")), rows("\uFEFFä\n1\n"));
  }

  @Test
  void emptyLinesAreNoRows() throws IOException {
    assertEquals(List.of(cells("a"), cells("1"), cells("2")), rows("\n\r\na\n\n1\n\r\n2\n\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1\"2,3", "\"1,2", "\"1\"2,3", "1", "1,2,3", "1,\"2\n3\",4"})
  void aMalformedRowCostsThatRowOnly(String row) throws IOException {
    List<Row> rows = rows("a,b\n" + row + "\n5,6\n");

    assertInstanceOf(Row.Bad.class, rows.get(1));
    assertEquals(cells("5", "6"), rows.getLast());
  }

  @Test
  void aRowThatIsNotUtf8IsBad() throws IOException {
    byte[] content = "a\nx\n2\n".getBytes(StandardCharsets.US_ASCII);
    content[2] = (byte) 0xC3;

    assertEquals(List.of(cells("a"), new Row.Bad("not UTF-8"), cells("2")), rows(content));
  }

  @Test
  void aLineBeyondTheBoundIsPassedOver() throws IOException {
    String longest = "1".repeat(CsvFile.MAX_LINE);

    assertEquals(
        List.of(
            cells("a"),
            new Row.Bad("longer than 65536 bytes"),
            cells(longest),
            new Row.Bad("longer than 65536 bytes")),
        rows("a\n" + "1".repeat(300_000) + "\n" + longest + "\n" + longest + "1"));
  }

  @Test
  void theTailOfALineBeyondTheBoundDoesNotMakeItWhole() throws IOException {
    int buffers = 5 * 16 * 1024;

    // With the header before it, the line ends one byte into a buffer.
    assertEquals(
        new Row.Bad("longer than 65536 bytes"), rows("a\n" + "1".repeat(buffers - 1)).getLast());
  }

  @Test
  void noBytesWhateverMakeAnythingButRows() throws IOException {
    Random random = new Random(8428);
    byte[] likely = "\"\"\",,\n\r1-.eé".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 300; i++) {
      byte[] content = new byte[2 + random.nextInt(200)];
      content[0] = 'a';
      content[1] = '\n';
      for (int at = 2; at < content.length; at++) {
        content[at] =
            random.nextInt(20) == 0
                ? (byte) random.nextInt(256)
                : likely[random.nextInt(likely.length)];
      }
      for (Row row : rows(content)) {
        assertTrue(!(row instanceof Row.Cells(var cells)) || cells.size() == 1);
      }
    }
  }

  @Test
  void moreCellsThanTheBoundAreNotKept() throws IOException {
    assertEquals(
        new Row.Bad("more than 1024 cells"), rows("a\n" + ",".repeat(1_024) + "\n").getLast());
  }

  @Test
  void numbersLinesFromOne() throws IOException {
    try (CsvFile file = CsvFile.open(write("a\n\n1\n2".getBytes(StandardCharsets.UTF_8)))) {
      assertEquals(1, file.lineNumber());
      file.next();
      assertEquals(3, file.lineNumber());
      file.next();
      assertEquals(4, file.lineNumber());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "\"a"})
  void aFileWithoutAHeaderIsNotOpened(String content) {
    assertThrows(IOException.class, () -> rows(content));
  }

  @Test
  void onlyAFileIsOpened() {
    assertThrows(IOException.class, () -> CsvFile.open(directory));
    assertThrows(IOException.class, () -> CsvFile.open(directory.resolve("gone")));
  }

  private List<Row> rows(String content) throws IOException {
    return rows(content.getBytes(StandardCharsets.UTF_8));
  }

  /** The header first. */
  private List<Row> rows(byte[] content) throws IOException {
    try (CsvFile file = CsvFile.open(write(content))) {
      List<Row> rows = new ArrayList<>(List.of(new Row.Cells(file.header())));
      Optional<Row> row = file.next();
      while (row.isPresent()) {
        rows.add(row.get());
        row = file.next();
      }
      return rows;
    }
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(directory.resolve("table.csv"), content);
  }

  private static Row cells(String... cells) {
    return new Row.Cells(List.of(cells));
  }
}
