package dev.telltale.protocol.tpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * The credentials of google/go-tpm, legacy/tpm2/credactivation: the derivations are right if they
 * open what that code closed. Its randomness was zero, which Go turns into the scalar 0x42 << 240
 * for the ephemeral key; z below is its agreement with the EK of that test.
 */
class KdfTest {
  private static final Bytes AK_NAME =
      Bytes.hex("000be6c9e97fda917ca0f64dbef678b019a82fdafccc94860f88bddc036644c92bdc");
  private static final String SECRET = "0102030405060708".repeat(4);

  @Test
  void opensTheCredentialForAnEccKey() throws Exception {
    byte[] z =
        Bytes.hex("8eab00787180b3510f4719c6187df151adfc975a4fe3f57b4673e23083536e1a").toArray();
    Bytes ephemeralX =
        Bytes.hex("1e1837ef0d195188357571b5e5545b122e8f0967fda724203eb2561cce97285e");
    Bytes ekX = Bytes.hex("b087e2c6ab14a7c7090527980e124a099df67801c5deb4bb1dd4cc3a7a058f53");
    byte[] seed = Kdf.kdfE(z, "IDENTITY", ephemeralX, ekX, 256);
    assertOpens(
        seed,
        "4e12aae39c300ccb8bb7f7aeee8ff27b88a529b3afc3930025e9ccba373d339e",
        "fe805aceff9f645d8988a0d9a8d3cd7872120ac64c744b447efc988ea9b367f081ec");
  }

  @Test
  void opensTheCredentialForAnRsaKey() throws Exception {
    assertOpens(
        new byte[16],
        "58ca640528dd69a0c6ef82a87173b1066bec1a9ac2da6b066a57a596bbee76f9",
        "4be88de887123d02c228f64c36eba7bfb0486f8fd5240ff18ccae3f119d06e3b290b");
  }

  private static void assertOpens(byte[] seed, String mac, String encrypted) throws Exception {
    byte[] integrity = Kdf.kdfA(seed, "INTEGRITY", Bytes.EMPTY, Bytes.EMPTY, 256);
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(integrity, "HmacSHA256"));
    hmac.update(Bytes.hex(encrypted).toArray());
    assertEquals(mac, Bytes.of(hmac.doFinal(AK_NAME.toArray())).toHex());

    byte[] storage = Kdf.kdfA(seed, "STORAGE", AK_NAME, Bytes.EMPTY, 128);
    Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(storage, "AES"), new IvParameterSpec(new byte[16]));
    byte[] opened = cipher.doFinal(Bytes.hex(encrypted).toArray());
    assertEquals("0020" + SECRET, Bytes.of(opened).toHex());
  }

  @Test
  void moreThanOneHashIsCountedOnAndTheNumberOfBitsIsPartOfKdfA() {
    byte[] key = new byte[32];
    byte[] two = Kdf.kdfE(key, "X", Bytes.EMPTY, Bytes.EMPTY, 512);
    byte[] one = Kdf.kdfE(key, "X", Bytes.EMPTY, Bytes.EMPTY, 256);
    assertArrayEquals(one, Arrays.copyOf(two, 32));
    assertEquals(false, Arrays.equals(one, Arrays.copyOfRange(two, 32, 64)));
    byte[] longer = Kdf.kdfA(key, "X", Bytes.EMPTY, Bytes.EMPTY, 512);
    byte[] shorter = Kdf.kdfA(key, "X", Bytes.EMPTY, Bytes.EMPTY, 256);
    assertEquals(64, longer.length);
    assertEquals(false, Arrays.equals(shorter, Arrays.copyOf(longer, 32)));
  }

  @Test
  void oddSizesAreNotDerived() {
    for (int bits : new int[] {0, -8, 7, 100_000}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Kdf.kdfA(new byte[32], "X", Bytes.EMPTY, Bytes.EMPTY, bits));
    }
  }
}
