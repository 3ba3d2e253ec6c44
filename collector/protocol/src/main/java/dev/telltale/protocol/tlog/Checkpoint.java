package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How far a log is: its name, how many leaves, and the root over them (C2SP tlog-checkpoint). The
 * text is exactly the three lines; this log never writes extension lines, so none are read.
 */
public record Checkpoint(String origin, long size, Digest root) {
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

  public Checkpoint {
    KeyNames.require(origin);
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
  }

  /** The text of a note. Refuses with {@code checkpoint.form}. */
  public static Checkpoint parse(String text) throws MalformedException {
    List<String> lines = List.of(text.split("\n", -1));
    if (lines.size() != 4 || !lines.get(3).isEmpty()) {
      throw malformed("a checkpoint is three lines");
    }
    if (!KeyNames.valid(lines.get(0))) {
      throw malformed("the first line is no name of a log");
    }
    Bytes root =
        StrictBase64.decode(lines.get(2)).orElseThrow(() -> malformed("the root is not base64"));
    if (root.length() != Digest.LENGTH) {
      throw malformed("a root of " + root.length() + " bytes");
    }
    return new Checkpoint(lines.get(0), size(lines.get(1)), new Digest(root));
  }

  private static long size(String digits) throws MalformedException {
    if (!SIZE.matcher(digits).matches()) {
      throw malformed("the size is not a decimal number");
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw malformed("a size of 2^63 or more");
    }
  }

  private static MalformedException malformed(String detail) {
    return new MalformedException(Check.CHECKPOINT_FORM, 0, detail);
  }

  /** The text to sign. */
  public String text() {
    return origin + "\n" + size + "\n" + StrictBase64.encode(root.value()) + "\n";
  }
}
