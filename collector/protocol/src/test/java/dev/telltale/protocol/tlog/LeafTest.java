package dev.telltale.protocol.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import java.security.MessageDigest;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeafTest {
  private static final Bytes SALT = Bytes.hex("aa".repeat(32));
  private static final Digest FIRST = Digest.hex("11".repeat(32));
  private static final Digest SECOND = Digest.hex("22".repeat(32));
  private static final Bytes VERDICT = Bytes.hex("83010203");

  private static Digest sha256(String ascii, String hex) throws Exception {
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    hash.update(ascii.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    hash.update(Bytes.hex(hex).toArray());
    return Digest.of(hash.digest());
  }

  @Test
  void commitmentsAreLabelSaltTwoHashesAndTheVerdict() throws Exception {
    String salt = "aa".repeat(32);
    String first = "11".repeat(32);
    assertEquals(
        sha256("telltale/1/leaf/envelope", "00" + salt + first + "22".repeat(32) + "83010203"),
        Leaf.envelope(SALT, FIRST, SECOND, VERDICT).commitment());
    assertEquals(
        sha256("telltale/1/leaf/enrolment", "00" + salt + first + "22".repeat(32)),
        Leaf.enrolment(SALT, FIRST, SECOND).commitment());
    assertEquals(
        sha256("telltale/1/leaf/statement", "00" + salt + first + "00".repeat(32)),
        Leaf.statement(SALT, FIRST).commitment());
  }

  @Test
  void leafIsAnArrayOfVersionAndCommitmentAndItsHashHasThePrefix() throws Exception {
    Leaf leaf = new Leaf(FIRST);
    assertEquals("82015820" + "11".repeat(32), leaf.encode().toHex());
    assertEquals(sha256("", "00" + "82015820" + "11".repeat(32)), leaf.hash());
    assertEquals(leaf, Leaf.decode(leaf.encode()));
  }

  @Test
  void everyInputChangesTheLeaf() {
    Set<Leaf> leaves =
        Stream.of(
                Leaf.envelope(SALT, FIRST, SECOND, VERDICT),
                Leaf.envelope(Bytes.hex("ab".repeat(32)), FIRST, SECOND, VERDICT),
                Leaf.envelope(SALT, SECOND, SECOND, VERDICT),
                Leaf.envelope(SALT, FIRST, FIRST, VERDICT),
                Leaf.envelope(SALT, FIRST, SECOND, Bytes.hex("83010204")),
                Leaf.envelope(SALT, FIRST, SECOND, Bytes.EMPTY),
                Leaf.enrolment(SALT, FIRST, SECOND),
                Leaf.statement(SALT, FIRST))
            .collect(Collectors.toSet());
    assertEquals(8, leaves.size());
  }

  @Test
  void aShortSaltCannotBeUsed() {
    assertThrows(
        IllegalArgumentException.class, () -> Leaf.statement(Bytes.hex("aa".repeat(31)), FIRST));
  }

  @ParameterizedTest
  @CsvSource({
    "8202582011111111111111111111111111111111111111111111111111111111111111" + "11, form.version",
    "8101, form.size",
    "820141aa, form.size",
    "82015820, form.truncated",
  })
  void refuses(String hex, String check) {
    assertEquals(
        check,
        assertThrows(MalformedException.class, () -> Leaf.decode(Bytes.hex(hex))).check().text());
  }

  @Test
  void refusesTrailingBytes() {
    Bytes longer = Bytes.concat(new Leaf(FIRST).encode(), Bytes.hex("00"));
    assertEquals(
        Check.FORM_TRAILING,
        assertThrows(MalformedException.class, () -> Leaf.decode(longer)).check());
  }
}
