package dev.telltale.protocol.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierKeyTest {
  private static final String VKEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static void assertRefused(String vkey) {
    assertEquals(
        Check.NOTE_KEY,
        assertThrows(MalformedException.class, () -> VerifierKey.parse(vkey), vkey).check());
  }

  @Test
  void readsAndWritesAVkey() throws MalformedException {
    VerifierKey key = VerifierKey.parse(VKEY);
    assertEquals("PeterNeumann", key.name());
    assertEquals(Bytes.hex("c74f20a3"), key.id());
    assertEquals("PeterNeumann+c74f20a3", key.label());
    assertEquals(VKEY, key.text());
  }

  @Test
  void base64MayContainPlusSigns() throws MalformedException {
    String vkey = "";
    for (int i = 0; !vkey.matches("[^+]*\\+[^+]*\\+.*\\+.*"); i++) {
      vkey =
          Ed25519NoteSigner.fromSeed(
                  "n", Bytes.concat(Bytes.u64(i), Bytes.of(new byte[24])).toArray())
              .key()
              .text();
    }
    assertEquals(vkey, VerifierKey.parse(vkey).text());
  }

  @Test
  void everyPartAndEveryMangledCharacterIsRefused() {
    for (int from = 0; from < VKEY.length(); from++) {
      for (int to = from + 1; to <= VKEY.length(); to++) {
        if (to - from < VKEY.length()) {
          assertRefused(VKEY.substring(from, to));
        }
      }
    }
    for (int at = 0; at < VKEY.length(); at++) {
      char next = (char) (VKEY.charAt(at) + 1);
      assertRefused(VKEY.substring(0, at) + next + VKEY.substring(at + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW ",
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void refusesAnotherForm(String vkey) {
    assertRefused(vkey);
  }

  @Test
  void aKeyThatIsNoPointVerifiesNothing() {
    VerifierKey key = new VerifierKey("x", Bytes.hex("02" + "00".repeat(31)));
    assertFalse(key.verifies("text\n", Bytes.of(new byte[64])));
  }

  @Test
  void generatedKeysDifferAndSurviveTheirFile() throws MalformedException {
    SecureRandom random = new SecureRandom();
    Ed25519NoteSigner first = Ed25519NoteSigner.generate("log.example", random);
    Ed25519NoteSigner second = Ed25519NoteSigner.generate("log.example", random);
    assertFalse(first.key().equals(second.key()));
    Ed25519NoteSigner restored = Ed25519NoteSigner.fromPkcs8("log.example", first.pkcs8());
    assertTrue(first.key().verifies("text\n", restored.sign("text\n")));
    assertFalse(second.key().verifies("text\n", restored.sign("text\n")));
  }

  @Test
  void derivesThePublicKeyOfRfc8032Section7Test1() {
    Bytes seed = Bytes.hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    assertEquals(
        Bytes.hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
        Ed25519NoteSigner.fromSeed("x", seed.toArray()).key().publicKey());
  }

  @Test
  void aFileThatIsNoKeyIsRefused() {
    assertEquals(
        Check.NOTE_KEY,
        assertThrows(
                MalformedException.class,
                () -> Ed25519NoteSigner.fromPkcs8("x", Bytes.utf8("no key")))
            .check());
  }
}
