package dev.telltale.agent.envelope;

import dev.telltale.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The random number the kernel draws at each boot: 16 bytes. */
public final class BootSeed {
  /** Where Linux shows it. */
  public static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final int LENGTH = 36;

  private BootSeed() {}

  public static Bytes read(Path file) throws IOException {
    byte[] raw;
    try (InputStream in = Files.newInputStream(file)) {
      raw = in.readNBytes(LENGTH + 2);
    }
    String text = new String(raw, StandardCharsets.US_ASCII);
    String id = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (!FORM.matcher(id).matches()) {
      throw new IOException(file + " is not a boot id");
    }
    return Bytes.hex(id.replace("-", ""));
  }
}
