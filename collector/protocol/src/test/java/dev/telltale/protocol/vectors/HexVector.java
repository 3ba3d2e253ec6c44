package dev.telltale.protocol.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file under {@code src/test/resources/vectors}: a comment line that names the check the bytes
 * provoke, or says {@code accepted}, and the bytes in hexadecimal.
 */
public record HexVector(String name, String expectation, Bytes bytes) {
  private static final String ACCEPTED = "accepted";

  /** What a decoder does with accepted bytes: decode and encode again. */
  public interface RoundTrip {
    Bytes again(Bytes encoded) throws MalformedException;
  }

  public static Stream<HexVector> folder(String name) {
    Path folder = Path.of("src/test/resources/vectors", name).toAbsolutePath();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.filter(f -> f.toString().endsWith(".hex")).sorted().toList();
      return sorted.stream().map(HexVector::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HexVector read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      String digits = lines.stream().skip(1).map(String::strip).collect(Collectors.joining());
      return new HexVector(
          file.getFileName().toString(), lines.getFirst().substring(2), Bytes.hex(digits));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The decoder does what the file says: the one fault is named, or the bytes come back. */
  public void check(RoundTrip decoder) throws MalformedException {
    if (expectation.equals(ACCEPTED)) {
      assertEquals(bytes, decoder.again(bytes));
      return;
    }
    MalformedException fault =
        assertThrows(MalformedException.class, () -> decoder.again(bytes), name);
    assertEquals(expectation, fault.check().text(), fault.getMessage());
  }

  @Override
  public String toString() {
    return name;
  }
}
