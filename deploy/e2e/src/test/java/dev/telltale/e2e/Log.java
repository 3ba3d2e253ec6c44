package dev.telltale.e2e;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program has logged, an event a line. */
record Log(Path file) {

  /** Where the log ends now. */
  long end() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Whole lines from that place on. */
  String since(long from) throws IOException {
    if (end() <= from) {
      return "";
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] rest = new byte[Math.toIntExact(in.length() - from)];
      in.seek(from);
      in.readFully(rest);
      String text = new String(rest, StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1);
    }
  }

  List<String> lines(long from) throws IOException {
    return since(from).lines().toList();
  }

  /** Lines with this event. */
  List<String> events(String name, long from) throws IOException {
    return lines(from).stream().filter(line -> line.contains(" " + name + " ")).toList();
  }

  /** The value of a field of a line. */
  static Optional<String> field(String line, String name) {
    Matcher field = Pattern.compile("[ ]" + Pattern.quote(name) + "=(\\S+)").matcher(line);
    return field.find() ? Optional.of(field.group(1)) : Optional.empty();
  }

  static long number(String line, String name) {
    return Long.parseLong(field(line, name).orElseThrow());
  }

  /** For the message of a failure. */
  String tail() throws IOException {
    List<String> all = lines(0);
    return String.join("\n", all.subList(Math.max(0, all.size() - 15), all.size()));
  }
}
