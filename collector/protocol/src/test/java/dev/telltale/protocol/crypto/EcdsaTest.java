package dev.telltale.protocol.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.math.BigInteger;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EcdsaTest {
  private static final Providers JDK = Providers.jdk();
  private static final P256Key KEY = P256Key.generate(JDK, new SecureRandom());
  private static final Bytes MESSAGE = Bytes.utf8("what was measured");

  /** A provider that has ECDSA and breaks when it is used: it must not be asked. */
  private static final Providers UNTOUCHABLE = new Providers(Optional.of(new Trap()));

  @Test
  void aSignatureVerifiesAndNoFlippedBitDoes() {
    Bytes signature = KEY.sign(MESSAGE);

    assertTrue(Ecdsa.verify(JDK, KEY.publicKey(), MESSAGE, signature));
    for (int bit = 0; bit < 512; bit += 37) {
      byte[] changed = signature.toArray();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertFalse(Ecdsa.verify(JDK, KEY.publicKey(), MESSAGE, Bytes.of(changed)));
    }
  }

  @Test
  void anotherMessageOrKeyDoesNotVerify() {
    Bytes signature = KEY.sign(MESSAGE);
    PublicPoint other = P256Key.generate(JDK, new SecureRandom()).publicKey();

    assertFalse(Ecdsa.verify(JDK, KEY.publicKey(), Bytes.utf8("what was not"), signature));
    assertFalse(Ecdsa.verify(JDK, other, MESSAGE, signature));
  }

  @Test
  void halvesOutOfRangeNeverReachAProvider() {
    Bytes good = KEY.sign(MESSAGE);
    Bytes zero = Bytes.of(new byte[32]);
    Bytes order = Bytes.of(P256.fixed(P256.ORDER));
    Bytes beyond = Bytes.of(P256.fixed(P256.ORDER.add(BigInteger.ONE)));
    Bytes most = Bytes.hex("ff".repeat(32));

    for (Bytes bad : new Bytes[] {zero, order, beyond, most}) {
      assertUntouched(Bytes.concat(bad, good.slice(32, 64)));
      assertUntouched(Bytes.concat(good.slice(0, 32), bad));
    }
    assertThrows(
        IllegalStateException.class,
        () -> Ecdsa.verify(UNTOUCHABLE, KEY.publicKey(), MESSAGE, good));
  }

  @Test
  void otherLengthsNeverReachAProvider() {
    Bytes good = KEY.sign(MESSAGE);

    assertUntouched(Bytes.EMPTY);
    assertUntouched(good.slice(0, 63));
    assertUntouched(Bytes.concat(good, Bytes.hex("00")));
    assertUntouched(Ecdsa.toDer(good).orElseThrow());
  }

  @Test
  void derFormIsMinimalAndReadsBack() {
    Bytes small = Bytes.hex("00".repeat(31) + "01" + "00".repeat(31) + "80");

    Bytes der = Ecdsa.toDer(small).orElseThrow();

    assertEquals("300702010102020080", der.toHex());
    assertEquals(small, Ecdsa.fromDer(der));
  }

  @Test
  void aKeyFileReadsBackAndSigns() throws MalformedException {
    P256Key again = P256Key.parse(JDK, KEY.pkcs8());

    assertEquals(KEY.publicKey(), again.publicKey());
    assertTrue(Ecdsa.verify(JDK, KEY.publicKey(), MESSAGE, again.sign(MESSAGE)));
    assertFalse(KEY.toString().contains(KEY.pkcs8().slice(36, 68).toHex()));
  }

  @Test
  void aKeyFileWithAnotherPointOrScalarIsRefused() {
    Bytes other = P256Key.generate(JDK, new SecureRandom()).pkcs8();
    Bytes mixed = Bytes.concat(KEY.pkcs8().slice(0, 73), other.slice(73, other.length()));
    Bytes zero =
        Bytes.concat(KEY.pkcs8().slice(0, 36), Bytes.of(new byte[32]), KEY.pkcs8().slice(68, 138));

    assertThrows(MalformedException.class, () -> P256Key.parse(JDK, mixed));
    assertThrows(MalformedException.class, () -> P256Key.parse(JDK, zero));
    assertThrows(MalformedException.class, () -> P256Key.parse(JDK, other.slice(0, 137)));
  }

  private static void assertUntouched(Bytes signature) {
    assertFalse(Ecdsa.verify(UNTOUCHABLE, KEY.publicKey(), MESSAGE, signature));
  }

  private static final class Trap extends Provider {
    private static final long serialVersionUID = 1L;

    Trap() {
      super("Trap", "1", "breaks when used");
      put("Signature.SHA256withECDSA", "dev.telltale.NoSuchClass");
      put("KeyFactory.EC", "dev.telltale.NoSuchClass");
    }
  }
}
