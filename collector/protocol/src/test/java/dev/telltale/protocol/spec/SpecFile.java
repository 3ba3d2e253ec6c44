package dev.telltale.protocol.spec;

import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One file of {@code collector/protocol/spec}. An example is a fenced block, {@code hex NAME} or
 * {@code text NAME}; a refusal is a line of a numbered list that begins with a check's name.
 */
record SpecFile(Path path, String content) {
  static final Path FOLDER = Path.of("spec").toAbsolutePath();

  private static final Pattern BLOCK =
      Pattern.compile("```(hex|text) ([a-z-]+)\\n(.*?)```\\n", Pattern.DOTALL);
  private static final Pattern REFUSAL =
      Pattern.compile("^(\\d+)\\. `([a-z0-9.-]+)`", Pattern.MULTILINE);
  private static final Pattern VECTORS = Pattern.compile("`vectors/([a-z-]+)`");
  private static final int COLUMNS = 64;

  record Refusal(int number, String check) {}

  static List<SpecFile> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".md")).sorted().map(SpecFile::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SpecFile read(Path file) {
    try {
      return new SpecFile(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return path.getFileName().toString();
  }

  Map<String, Bytes> blocks() {
    Map<String, Bytes> blocks = new LinkedHashMap<>();
    BLOCK
        .matcher(content)
        .results()
        .forEach(match -> {
          if (blocks.put(match.group(2), decoded(match)) != null) {
            throw new IllegalStateException(name() + " has two blocks " + match.group(2));
          }
        });
    return blocks;
  }

  private static Bytes decoded(MatchResult match) {
    String body = match.group(3);
    return match.group(1).equals("text")
        ? Bytes.utf8(body)
        : Bytes.of(HexFormat.of().parseHex(body.replace("\n", "")));
  }

  /** Numbered lists that name checks, in the order of the file. */
  List<Refusal> refusals() {
    return REFUSAL
        .matcher(content)
        .results()
        .map(match -> new Refusal(Integer.parseInt(match.group(1)), match.group(2)))
        .toList();
  }

  /** Folders of vectors the file names. */
  List<String> vectorFolders() {
    return VECTORS.matcher(content).results().map(match -> match.group(1)).distinct().toList();
  }

  /** The file with the blocks replaced that are given. */
  SpecFile with(Map<String, Bytes> blocks) {
    String replaced =
        BLOCK
            .matcher(content)
            .replaceAll(match -> {
              Bytes block = blocks.getOrDefault(match.group(2), decoded(match));
              String head = "```" + match.group(1) + " " + match.group(2) + "\n";
              return head.replace("$", "\\$") + spelled(match.group(1), block) + "```\n";
            });
    return new SpecFile(path, replaced);
  }

  private static String spelled(String kind, Bytes block) {
    if (kind.equals("text")) {
      return new String(block.toArray(), java.nio.charset.StandardCharsets.UTF_8);
    }
    String hex = block.toHex();
    return Stream.iterate(0, at -> at < hex.length(), at -> at + COLUMNS)
        .map(at -> hex.substring(at, Math.min(hex.length(), at + COLUMNS)) + "\n")
        .collect(Collectors.joining());
  }
}
