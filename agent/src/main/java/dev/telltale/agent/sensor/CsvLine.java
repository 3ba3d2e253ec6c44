package dev.telltale.agent.sensor;

import dev.telltale.agent.sensor.CsvFile.Row;
import java.util.ArrayList;
import java.util.List;

/** The cells of one line (RFC 4180 section 2, rules 4 to 7). */
final class CsvLine {
  private final String line;
  private final List<String> cells = new ArrayList<>();
  private int position;

  private CsvLine(String line) {
    this.line = line;
  }

  static Row parse(String line) {
    CsvLine parsing = new CsvLine(line);
    boolean more;
    do {
      if (parsing.cells.size() == CsvFile.MAX_COLUMNS) {
        return new Row.Bad("more than " + CsvFile.MAX_COLUMNS + " cells");
      }
      boolean wellFormed = parsing.at('"') ? parsing.quoted() : parsing.plain();
      if (!wellFormed) {
        return new Row.Bad("a quote where none can be");
      }
      more = parsing.at(',');
      parsing.position++;
    } while (more);
    return new Row.Cells(parsing.cells);
  }

  private boolean at(char character) {
    return position < line.length() && line.charAt(position) == character;
  }

  private boolean plain() {
    int comma = line.indexOf(',', position);
    String cell = line.substring(position, comma < 0 ? line.length() : comma);
    cells.add(cell);
    position += cell.length();
    return cell.indexOf('"') < 0;
  }

  /** A doubled quote is a quote; the cell ends at a single one, before a comma or the end. */
  private boolean quoted() {
    StringBuilder cell = new StringBuilder();
    position++;
    while (position < line.length()) {
      char character = line.charAt(position++);
      if (character != '"') {
        cell.append(character);
      } else if (at('"')) {
        cell.append(character);
        position++;
      } else {
        cells.add(cell.toString());
        return position == line.length() || at(',');
      }
    }
    return false;
  }
}
