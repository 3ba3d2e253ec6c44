package dev.telltale.platform.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the file says, before anybody asked for it. */
sealed interface Node {
  /** Where it begins. */
  int line();

  /** A string, Long, BigDecimal, Boolean or a list of these. */
  record Value(int line, Object value) implements Node {}

  /**
   * A table.
   *
   * @param line of its header, or of the first header that implies it
   * @param named whether it has a header of its own
   */
  record Table(int line, boolean named, Map<String, Node> entries) implements Node {
    static Table at(int line, boolean named) {
      return new Table(line, named, new LinkedHashMap<>());
    }
  }
}
