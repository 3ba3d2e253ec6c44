package dev.telltale.protocol.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NistTest {
  private static final Providers JDK = Providers.jdk();
  private static final Suite SUITE = new Nist(JDK);
  private static final DeviceId DEVICE =
      new DeviceId(Bytes.hex("000102030405060708090a0b0c0d0e0f"));
  private static final DeviceId OTHER = new DeviceId(Bytes.of(new byte[16]));
  private static final Bytes S = Bytes.hex("42".repeat(32));
  private static final Bytes PACK = Bytes.utf8("a pack");
  private static final Digest RECIPIENTS = Sha256.of(Bytes.utf8("recipient set"));

  @Test
  void readingKeyIsTheMacOfLabelDeviceAndNumber() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(S.toArray(), "HmacSHA256"));
    mac.update(Bytes.utf8("telltale/1/reading\0").toArray());
    mac.update(DEVICE.value().toArray());
    mac.update(Bytes.hex("0000000000000007").toArray());

    assertEquals(Bytes.of(mac.doFinal()), readingKey(7));
  }

  @Test
  void ciphertextIsThatOfAnEncrypt0WithZeroNonce() throws GeneralSecurityException {
    Bytes key = readingKey(7);
    // ["telltale/1/reading", 1, device-id, 7] and the Enc_structure around it, byte by byte.
    Bytes external =
        Bytes.concat(
            Bytes.hex("8472"),
            Bytes.utf8("telltale/1/reading"),
            Bytes.hex("0150"),
            DEVICE.value(),
            Bytes.hex("07"));
    Bytes structure =
        Bytes.concat(
            Bytes.hex("8368"), Bytes.utf8("Encrypt0"), Bytes.hex("43a101035827"), external);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key.toArray(), "AES"),
        new GCMParameterSpec(128, new byte[12]));
    cipher.updateAAD(structure.toArray());

    assertEquals(Bytes.of(cipher.doFinal(PACK.toArray())), SUITE.seal(key, DEVICE, 7, PACK));
  }

  @Test
  void whatWasSealedOpensForItsDeviceAndNumberOnly() throws MalformedException {
    Bytes key = readingKey(7);
    Bytes sealed = SUITE.seal(key, DEVICE, 7, PACK);

    assertEquals(PACK, SUITE.open(key, DEVICE, 7, sealed));
    assertEquals(PACK.length() + SUITE.sealOverhead(), sealed.length());
    assertFault(Check.ENVELOPE_READING, () -> SUITE.open(key, DEVICE, 8, sealed));
    assertFault(Check.ENVELOPE_READING, () -> SUITE.open(key, OTHER, 7, sealed));
    assertFault(Check.ENVELOPE_READING, () -> SUITE.open(readingKey(8), DEVICE, 7, sealed));
    assertFault(Check.ENVELOPE_READING, () -> SUITE.open(key, DEVICE, 7, sealed.slice(0, 15)));
    assertFault(Check.ENVELOPE_READING, () -> SUITE.open(key, DEVICE, 7, Bytes.EMPTY));
    assertFault(Check.ENVELOPE_READING, () -> SUITE.open(S.slice(0, 16), DEVICE, 7, sealed));
    assertFault(
        Check.ENVELOPE_READING,
        () -> SUITE.open(key, DEVICE, 7, Bytes.of(new byte[16 * 1024 + 17])));
  }

  @Test
  void aWrappedSecretUnwrapsForItsRecipientDeviceAndSetOnly() throws MalformedException {
    SecureRandom random = new SecureRandom();
    PrivateWrapKey recipient = PrivateWrapKey.generate(JDK, random);
    PrivateWrapKey other = PrivateWrapKey.generate(JDK, random);
    Bytes blob;
    try (ContentSecret secret = ContentSecret.of(S)) {
      blob = SUITE.wrap(secret, recipient.publicKey(), DEVICE, RECIPIENTS, random);
    }

    assertEquals(113, blob.length());
    assertEquals(113, SUITE.blobLength());
    try (ContentSecret unwrapped = SUITE.unwrap(blob, recipient, DEVICE, RECIPIENTS)) {
      assertEquals(S, unwrapped.reveal());
    }
    Digest otherSet = SUITE.hash(S);
    assertFault(Check.ENVELOPE_UNWRAP, () -> unwrap(blob, other, DEVICE, RECIPIENTS));
    assertFault(Check.ENVELOPE_UNWRAP, () -> unwrap(blob, recipient, OTHER, RECIPIENTS));
    assertFault(Check.ENVELOPE_UNWRAP, () -> unwrap(blob, recipient, DEVICE, otherSet));
    assertFault(
        Check.ENVELOPE_UNWRAP, () -> unwrap(blob.slice(0, 112), recipient, DEVICE, RECIPIENTS));
  }

  /** HPKE seals any length; only 32 bytes are a content secret. */
  @Test
  void aSealedTextOfAnotherLengthIsNoSecret() {
    SecureRandom random = new SecureRandom();
    PrivateWrapKey recipient = PrivateWrapKey.generate(JDK, random);
    Bytes info =
        Bytes.concat(
            Bytes.utf8("telltale/1/ekey\0"),
            Bytes.hex("830150"),
            DEVICE.value(),
            Bytes.hex("5820"),
            RECIPIENTS.value());

    Bytes blob =
        new Hpke(JDK)
            .seal(recipient.publicKey(), info, Bytes.EMPTY, Bytes.hex("42".repeat(33)), random);

    assertFault(Check.ENVELOPE_UNWRAP, () -> unwrap(blob, recipient, DEVICE, RECIPIENTS));
  }

  @Test
  void aWipedSecretIsGoneAndNeverHasText() {
    ContentSecret secret = ContentSecret.of(S);
    assertFalse(secret.toString().contains("42"));

    secret.close();

    assertThrows(IllegalStateException.class, secret::reveal);
    assertThrows(IllegalStateException.class, () -> SUITE.readingKey(secret, DEVICE, 1));
  }

  @Test
  void drawnSecretsDifferEvenWhenTheOtherSourceIsStuck() {
    SecureRandom random = new SecureRandom();
    try (ContentSecret one = ContentSecret.draw(random, Bytes.EMPTY);
        ContentSecret two = ContentSecret.draw(random, Bytes.EMPTY)) {
      assertNotEquals(one.reveal(), two.reveal());
    }
  }

  @Test
  void suitesOfOtherNumbersAreRefused() throws MalformedException {
    assertEquals(SUITE, Suite.numbered(1, JDK));
    assertFault(Check.FORM_SUITE, () -> Suite.numbered(0, JDK));
    assertFault(Check.FORM_SUITE, () -> Suite.numbered(2, JDK));
    assertFault(Check.FORM_SUITE, () -> Suite.numbered(1L << 32 | 1, JDK));
  }

  private static Bytes readingKey(long number) {
    try (ContentSecret secret = ContentSecret.of(S)) {
      return SUITE.readingKey(secret, DEVICE, number);
    }
  }

  private static void unwrap(Bytes blob, PrivateWrapKey key, DeviceId device, Digest recipients)
      throws MalformedException {
    SUITE.unwrap(blob, key, device, recipients).close();
  }

  private static void assertFault(Check expected, Executable action) {
    MalformedException fault = assertThrows(MalformedException.class, action);
    assertEquals(expected, fault.check(), fault.getMessage());
  }
}
