package dev.telltale.auditor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What was asked for. */
sealed interface Arguments {

  /** To verify a file. */
  record Verify(Path file, Path trust, boolean json) implements Arguments {}

  /** To be told how. */
  record Help() implements Arguments {}

  /** To be told which program this is. */
  record Version() implements Arguments {}

  /** Nothing that can be done. */
  record Wrong(String why) implements Arguments {}

  static Arguments parse(List<String> given) {
    if (given.contains("--help")) {
      return new Help();
    }
    if (given.contains("--version")) {
      return new Version();
    }
    try {
      return verify(new ArrayDeque<>(given));
    } catch (InvalidPathException e) {
      return new Wrong("not a file name: " + e.getInput());
    }
  }

  private static Arguments verify(Deque<String> rest) {
    Optional<Path> file = Optional.empty();
    Optional<Path> trust = Optional.empty();
    boolean json = false;
    while (!rest.isEmpty()) {
      String next = rest.pop();
      if (next.equals("--json") && !json) {
        json = true;
      } else if (next.equals("--trust") && !rest.isEmpty() && trust.isEmpty()) {
        trust = Optional.of(Path.of(rest.pop()));
      } else if (!next.isEmpty() && !next.startsWith("-") && file.isEmpty()) {
        file = Optional.of(Path.of(next));
      } else {
        return new Wrong("cannot use \"" + next + "\" here");
      }
    }
    if (file.isEmpty()) {
      return new Wrong("name the bundle to verify");
    }
    if (trust.isEmpty()) {
      return new Wrong("say whom you believe: --trust FILE");
    }
    return new Verify(file.get(), trust.get(), json);
  }
}
