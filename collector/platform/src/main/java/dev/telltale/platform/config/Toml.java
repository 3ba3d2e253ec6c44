package dev.telltale.platform.config;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of a configuration file. Asking for a setting makes its name known; {@link #finish} on
 * the whole file, after everything was asked for, refuses what nobody knows.
 *
 * <pre>{@code
 * Toml file = Toml.read(path);
 * Toml outbox = file.table("outbox");
 * long size = outbox.size("size", 1 << 20, 1L << 40).or(256L << 20);
 * file.finish();
 * }</pre>
 */
public final class Toml {
  private static final long LARGEST_FILE = 1 << 20;
  private static final int LONGEST_SHOWN = 60;

  private final String file;
  private final String name;
  private final Node.Table node;

  /** What was asked for, in that order, with the tables among it. */
  private final Set<String> known = new LinkedHashSet<>();

  private final Map<String, Toml> tables = new LinkedHashMap<>();

  private Toml(String file, String name, Node.Table node) {
    this.file = file;
    this.name = name;
    this.node = node;
  }

  /** Reads a whole file. */
  public static Toml read(Path path) throws ConfigException {
    try {
      if (Files.size(path) > LARGEST_FILE) {
        throw new ConfigException(path + ": larger than " + Units.show(LARGEST_FILE));
      }
      return parse(path.toString(), Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new ConfigException(path + ": no such file");
    } catch (AccessDeniedException e) {
      throw new ConfigException(path + ": permission denied");
    } catch (CharacterCodingException e) {
      throw new ConfigException(path + ": not UTF-8");
    } catch (IOException e) {
      throw new ConfigException(path + ": cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads text.
   *
   * @param file the name to use in errors
   */
  public static Toml parse(String file, String text) throws ConfigException {
    return new Toml(file, "", TomlReader.read(file, text));
  }

  /** The table {@code [name]}; an empty one if the file has none. */
  public Toml table(String key) throws ConfigException {
    known.add(key);
    Toml before = tables.get(key);
    if (before != null) {
      return before;
    }
    Node.Table child =
        switch (node.entries().get(key)) {
          case null -> Node.Table.at(node.line(), false);
          case Node.Table table -> table;
          case Node.Value value ->
              throw error(value, key + " is a table: write [" + full(key) + "]");
        };
    Toml table = new Toml(file, full(key), child);
    tables.put(key, table);
    return table;
  }

  /** Whether the file has {@code [name]} or a table in it. */
  public boolean has(String key) {
    known.add(key);
    return node.entries().containsKey(key);
  }

  /** The tables {@code [key.NAME]} by NAME, in the order of the file. */
  public Map<String, Toml> tables(String key) throws ConfigException {
    Toml parent = table(key);
    Map<String, Toml> children = new LinkedHashMap<>();
    for (Map.Entry<String, Node> entry : parent.node.entries().entrySet()) {
      String child = entry.getKey();
      if (entry.getValue() instanceof Node.Value value) {
        throw error(value, child + " must stand under a [" + full(key) + ".NAME]");
      }
      children.put(child, parent.table(child));
    }
    return children;
  }

  /** A string that is not empty. */
  public Setting<String> string(String key) throws ConfigException {
    return setting(key, Shape.text());
  }

  public Setting<Boolean> bool(String key) throws ConfigException {
    return setting(key, Shape.bool());
  }

  /** A whole number. */
  public Setting<Long> integer(String key, long least, long most) throws ConfigException {
    return setting(key, Shape.integer(least, most));
  }

  /** A number with or without a decimal point. */
  public Setting<BigDecimal> decimal(String key) throws ConfigException {
    return setting(key, Shape.decimal());
  }

  /** A duration, as {@code "24h"}. */
  public Setting<Duration> duration(String key, Duration least, Duration most)
      throws ConfigException {
    return setting(key, Shape.duration(least, most));
  }

  /** A number of bytes, as {@code "256MiB"}. */
  public Setting<Long> size(String key, long least, long most) throws ConfigException {
    return setting(key, Shape.size(least, most));
  }

  /** One of an enum's constants, written as {@code drop-oldest} for {@code DROP_OLDEST}. */
  public <E extends Enum<E>> Setting<E> choice(String key, Class<E> type) throws ConfigException {
    return setting(key, Shape.choice(type));
  }

  /** An absolute path. */
  public Setting<Path> path(String key) throws ConfigException {
    return setting(key, Shape.path());
  }

  /** An array of strings. */
  public Setting<List<String>> strings(String key) throws ConfigException {
    return setting(key, Shape.texts());
  }

  /** An error at a key of this table, for what only the caller can check. */
  public ConfigException error(String key, String what) {
    Node at = node.entries().get(key);
    return error(at == null ? node : at, key + ": " + what);
  }

  /** Refuses every key and table of the file that was not asked for. */
  public void finish() throws ConfigException {
    for (Map.Entry<String, Node> entry : node.entries().entrySet()) {
      String key = entry.getKey();
      if (!known.contains(key)) {
        boolean table = entry.getValue() instanceof Node.Table;
        String shown = table ? "table [" + full(key) + "]" : "key " + key;
        throw error(entry.getValue(), "unknown " + shown + "; allowed are " + allowed(table));
      }
    }
    for (Toml table : tables.values()) {
      table.finish();
    }
  }

  private String allowed(boolean wantTables) {
    Stream<String> names =
        known.stream()
            .filter(key -> tables.containsKey(key) == wantTables)
            .map(key -> wantTables ? "[" + full(key) + "]" : key);
    String list = names.collect(Collectors.joining(", "));
    return list.isEmpty() ? "none" : list;
  }

  private <T> Setting<T> setting(String key, Shape<T> shape) throws ConfigException {
    known.add(key);
    String where = name.isEmpty() ? "" : " in [" + name + "]";
    String expected = "expected " + shape.expected();
    ConfigException missing = error(node, key + " is missing" + where + "; " + expected);
    return switch (node.entries().get(key)) {
      case null -> new Setting<>(null, missing);
      case Node.Table table -> throw error(table, key + " is no table; " + expected);
      case Node.Value given -> {
        Optional<T> value = shape.reading().apply(given.value());
        String found = key + ": " + expected + ", found " + shown(given.value());
        yield new Setting<>(value.orElseThrow(() -> error(given, found)), missing);
      }
    };
  }

  private static String shown(Object value) {
    String text = value instanceof String quoted ? "\"" + quoted + "\"" : value.toString();
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
  }

  private String full(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  private ConfigException error(Node at, String what) {
    return ConfigException.at(file, at.line(), what);
  }
}
