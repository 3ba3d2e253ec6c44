package dev.telltale.protocol.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every proof of transparency-dev/merkle, good and bad, from the folder beside the checkout. */
class MerkleVectorsTest {
  private static final Path VECTORS = vectors();

  private static Path vectors() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(Optional.of(here), folder -> folder.map(Path::getParent))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .filter(folder -> Files.isDirectory(folder.resolve("collector")))
        .map(root -> root.resolveSibling("shared/vectors/merkle/testdata"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(here.resolve("no-vectors"));
  }

  private static void requireVectors() {
    assumeTrue(
        Files.isDirectory(VECTORS),
        "skipped: ../shared/vectors/merkle is not beside this checkout");
  }

  private static List<Path> files(String kind) {
    try (Stream<Path> walk = Files.walk(VECTORS.resolve(kind))) {
      return walk.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The flat objects of these files need no JSON library. */
  private record Vector(String json) {
    static Vector read(Path file) {
      try {
        return new Vector(Files.readString(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String field(String name, String value) {
      Matcher matcher = Pattern.compile("\"" + name + "\":\\s*(" + value + ")").matcher(json);
      assertTrue(matcher.find(), name);
      return matcher.group(1);
    }

    /** Two's complement for those of 2^63 and more, which are refused as negative. */
    long number(String name) {
      return Long.parseUnsignedLong(field(name, "\\d+"));
    }

    boolean refused() {
      return Boolean.parseBoolean(field("wantErr", "true|false"));
    }

    Digest hash(String name) {
      return digest(field(name, "\"[^\"]+\"").replace("\"", ""));
    }

    /** No bytes at all where a hash must be: no decoder lets that come as far as a proof. */
    boolean lacksHash(String name) {
      return field(name, "\"[^\"]*\"").equals("\"\"");
    }

    List<Digest> path() {
      String list = field("proof", "(?s)\\[[^\\]]*\\]|null");
      return Pattern.compile("\"([^\"]*)\"")
          .matcher(list)
          .results()
          .map((MatchResult result) -> digest(result.group(1)))
          .toList();
    }

    /**
     * Some vectors use short texts for hashes, which a Digest cannot be: the hash of the text
     * stands for it, so that equal stays equal and different stays different.
     */
    private static Digest digest(String base64) {
      Bytes value = Bytes.of(Base64.getDecoder().decode(base64));
      return value.length() == Digest.LENGTH ? new Digest(value) : Sha256.of(value);
    }
  }

  @Test
  void allFilesAreThere() {
    requireVectors();
    assertEquals(98, files("inclusion").size());
    assertEquals(98, files("consistency").size());
  }

  @TestFactory
  Stream<DynamicTest> everyInclusionProofGetsItsVerdict() {
    requireVectors();
    return files("inclusion").stream()
        .map(file ->
            DynamicTest.dynamicTest(
                VECTORS.relativize(file).toString(), () -> inclusion(Vector.read(file))));
  }

  private static void inclusion(Vector vector) {
    if (vector.lacksHash("root") || vector.lacksHash("leafHash")) {
      assertTrue(vector.refused());
      assertThrows(IllegalArgumentException.class, () -> new Digest(Bytes.EMPTY));
      return;
    }
    InclusionProof proof =
        new InclusionProof(vector.number("leafIdx"), vector.number("treeSize"), vector.path());
    boolean accepted =
        proof.leadsTo(MerkleHash.SHA256, vector.hash("leafHash"), vector.hash("root"));
    assertEquals(vector.refused(), !accepted);
  }

  @TestFactory
  Stream<DynamicTest> everyConsistencyProofGetsItsVerdict() {
    requireVectors();
    return files("consistency").stream()
        .map(file ->
            DynamicTest.dynamicTest(
                VECTORS.relativize(file).toString(), () -> consistency(Vector.read(file))));
  }

  private static void consistency(Vector vector) {
    ConsistencyProof proof =
        new ConsistencyProof(vector.number("size1"), vector.number("size2"), vector.path());
    boolean accepted =
        proof.connects(MerkleHash.SHA256, vector.hash("root1"), vector.hash("root2"));
    assertEquals(vector.refused(), !accepted);
  }
}
