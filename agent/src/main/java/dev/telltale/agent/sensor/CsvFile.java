package dev.telltale.agent.sensor;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A table (RFC 4180) read row by row, whatever its size: comma separated, first line the header,
 * UTF-8 with or without a byte order mark. One deviation: a line break always ends the row, so a
 * stray quote costs one row and not the rest of the file.
 */
final class CsvFile implements Closeable {
  static final int MAX_COLUMNS = 1_024;

  /** A row of 1,024 numbers of 40 characters fits; what is longer is skipped, not kept. */
  static final int MAX_LINE = 64 * 1024;

  private static final int BUFFER = 16 * 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream input;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private long lineNumber;
  private List<String> header = List.of();

  private CsvFile(InputStream input) {
    this.input = input;
  }

  /** A line of the file. */
  sealed interface Row {
    record Cells(List<String> cells) implements Row {
      public Cells {
        cells = List.copyOf(cells);
      }
    }

    /** Not a row of this table; the reason in a few words, nothing of the content. */
    record Bad(String why) implements Row {}
  }

  static CsvFile open(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException(path + ": not a regular file");
    }
    CsvFile file = new CsvFile(Files.newInputStream(path));
    try {
      file.readHeader(path);
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void readHeader(Path path) throws IOException {
    header =
        switch (nextLine()) {
          case Row.Cells cells when !cells.cells().isEmpty() -> cells.cells();
          case Row.Cells _ -> throw new IOException(path + ": empty; the first line is the header");
          case Row.Bad bad -> throw new IOException(path + ": header: " + bad.why());
        };
  }

  List<String> header() {
    return header;
  }

  /** Of the row returned last, counted from 1. */
  long lineNumber() {
    return lineNumber;
  }

  /** Empty after the last row. Empty lines are passed over. */
  Optional<Row> next() throws IOException {
    return switch (nextLine()) {
      case Row.Cells cells when cells.cells().isEmpty() -> Optional.empty();
      case Row.Cells cells when cells.cells().size() != header.size() ->
          Optional.of(
              new Row.Bad(cells.cells().size() + " cells, the header has " + header.size()));
      case Row row -> Optional.of(row);
    };
  }

  /** No cells at the end of the file. */
  private Row nextLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    boolean whole;
    do {
      if (!fill()) {
        return new Row.Cells(List.of());
      }
      lineNumber++;
      line.reset();
      whole = readLine(line);
    } while (whole && isBlank(line));
    return whole ? decode(line) : new Row.Bad("longer than " + MAX_LINE + " bytes");
  }

  private static boolean isBlank(ByteArrayOutputStream line) {
    return line.size() == 0 || (line.size() == 1 && line.toByteArray()[0] == '\r');
  }

  /** Takes bytes up to and without the next line feed; false if there were too many to keep. */
  private boolean readLine(ByteArrayOutputStream line) throws IOException {
    boolean whole = true;
    while (fill()) {
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      whole &= line.size() + (end - position) <= MAX_LINE;
      if (whole) {
        line.write(buffer, position, end - position);
      }
      position = end;
      if (end < limit) {
        position++;
        return whole;
      }
    }
    return whole;
  }

  /** False at the end of the file. */
  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, input.read(buffer));
    }
    return position < limit;
  }

  private Row decode(ByteArrayOutputStream line) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
    } catch (CharacterCodingException e) {
      return new Row.Bad("not UTF-8");
    }
    if (lineNumber == 1 && text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(BYTE_ORDER_MARK.length());
    }
    return CsvLine.parse(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
