package dev.telltale.platform.config;

import java.util.ArrayList;
import java.util.List;

/** Tables and keys of a TOML document (TOML 1.0, less what the package comment leaves out). */
final class TomlReader {
  private static final int DEPTH = 4;

  private final TomlLexer in;
  private final Node.Table root = Node.Table.at(1, true);
  private Node.Table current = root;

  private TomlReader(TomlLexer in) {
    this.in = in;
  }

  static Node.Table read(String file, String text) throws ConfigException {
    return new TomlReader(new TomlLexer(file, text)).read();
  }

  private Node.Table read() throws ConfigException {
    for (in.skipBlankLines(); !in.atEnd(); in.skipBlankLines()) {
      if (in.peek() == '[') {
        header();
      } else {
        entry();
      }
      in.endOfLine();
    }
    return root;
  }

  private void header() throws ConfigException {
    int line = in.line();
    in.expect('[');
    if (in.peek() == '[') {
      throw in.error("arrays of tables are not used here; write [name] or [name.name]");
    }
    List<String> path = new ArrayList<>();
    do {
      in.skipSpaces();
      path.add(in.key());
      in.skipSpaces();
    } while (in.take('.'));
    in.expect(']');
    if (path.size() > DEPTH) {
      throw in.error("[" + String.join(".", path) + "] is nested too deeply");
    }
    current = open(path, line);
  }

  private Node.Table open(List<String> path, int line) throws ConfigException {
    Node.Table table = root;
    for (int i = 0; i < path.size(); i++) {
      String name = path.get(i);
      boolean last = i == path.size() - 1;
      table =
          switch (table.entries().get(name)) {
            case null -> added(table, name, Node.Table.at(line, last));
            case Node.Table known when !last -> known;
            case Node.Table implied when !implied.named() ->
                added(table, name, new Node.Table(line, true, implied.entries()));
            case Node other -> throw twice("[" + String.join(".", path) + "]", other);
          };
    }
    return table;
  }

  private static Node.Table added(Node.Table parent, String name, Node.Table table) {
    parent.entries().put(name, table);
    return table;
  }

  private void entry() throws ConfigException {
    int line = in.line();
    String key = in.key();
    in.skipSpaces();
    if (in.peek() == '.') {
      throw in.error("dotted keys are not used here; write the key under [" + key + "]");
    }
    in.expect('=');
    in.skipSpaces();
    Node before = current.entries().get(key);
    if (before != null) {
      throw twice(key, before);
    }
    current.entries().put(key, new Node.Value(line, in.value()));
  }

  private ConfigException twice(String what, Node before) {
    return in.error(what + " is already given in line " + before.line());
  }
}
