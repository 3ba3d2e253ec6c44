package dev.telltale.agent.sensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The small texts the kernel shows under /proc and /sys, read with a bound. */
final class KernelText {
  /** Above {@code /proc/net/dev} with hundreds of interfaces; anything larger is not ours. */
  private static final int LIMIT = 64 * 1024;

  /** A counter of 64 bits has at most 20 digits; 18 fit a long whatever they are. */
  private static final Pattern COUNTER = Pattern.compile("[0-9]{1,18}");

  private KernelText() {}

  /** The lines of a file that must not be longer than the limit. */
  static List<String> lines(Path file) throws IOException {
    byte[] content = head(file, LIMIT + 1);
    if (content.length > LIMIT) {
      throw new IOException(file + ": longer than " + LIMIT + " bytes");
    }
    return text(content).lines().toList();
  }

  /** The first line; the rest, which may be long, is not read. */
  static String firstLine(Path file) throws IOException {
    return text(head(file, LIMIT)).lines().findFirst().orElse("");
  }

  /** One byte is one character: names of interfaces and chips need not be UTF-8. */
  private static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  private static byte[] head(Path file, int limit) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      return input.readNBytes(limit);
    }
  }

  /** A count as the kernel prints it, digits and nothing else. */
  static long counter(Path file, String digits) throws IOException {
    if (!COUNTER.matcher(digits).matches()) {
      throw unexpected(file);
    }
    return Long.parseLong(digits);
  }

  /** The content is not quoted: it may be anything. */
  static IOException unexpected(Path file) {
    return new IOException(file + ": not of the form this driver knows");
  }

  /** One line for a person. */
  static String explain(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      default ->
          failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    };
  }
}
