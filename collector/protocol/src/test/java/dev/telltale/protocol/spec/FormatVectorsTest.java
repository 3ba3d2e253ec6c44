package dev.telltale.protocol.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.message.Format;
import dev.telltale.protocol.vectors.HexVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file under {@code vectors}: one fault, one name. */
final class FormatVectorsTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");

  static Stream<Arguments> vectors() throws IOException {
    return folders().stream()
        .flatMap(folder -> HexVector.folder(folder).map(vector -> Arguments.of(folder, vector)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void oneFaultHasOneName(String folder, HexVector vector) throws MalformedException {
    Format.Codec codec = SpecFormats.of(folder).orElseThrow();

    vector.check(codec::again);
  }

  @Test
  void everyFolderIsNamedInTheSpecification() throws IOException {
    Set<String> named = new TreeSet<>();
    SpecFile.all().forEach(file -> named.addAll(file.vectorFolders()));

    assertEquals(named, folders());
  }

  private static Set<String> folders() throws IOException {
    try (Stream<Path> folders = Files.list(VECTORS)) {
      Set<String> names = new TreeSet<>();
      folders.filter(Files::isDirectory).forEach(f -> names.add(f.getFileName().toString()));
      return names;
    }
  }
}
