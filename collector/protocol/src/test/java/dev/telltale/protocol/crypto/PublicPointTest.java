package dev.telltale.protocol.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PublicPointTest {
  /** The generator of P-256 (SEC 2 section 2.4.2). */
  private static final String X =
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";

  private static final String Y =
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

  private static final BigInteger FIELD =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  @Test
  void theGeneratorIsAPoint() throws MalformedException {
    PublicPoint point = PublicPoint.parse(Bytes.hex("04" + X + Y));

    assertEquals(X, point.x().toHex());
    assertEquals(Y, point.y().toHex());
    assertEquals(point, PublicPoint.parse(Bytes.hex(X), Bytes.hex(Y)));
  }

  /** RFC 9679 section 6: the example key and its SHA-256 thumbprint. */
  @Test
  void kidIsTheThumbprintOfTheRfcExample() throws MalformedException {
    PublicPoint point =
        PublicPoint.parse(
            Bytes.hex("65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d"),
            Bytes.hex("1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c"));

    assertEquals(
        "496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec", point.kid().toString());
  }

  @Test
  void subjectPublicKeyInfoIsTheOneTheJdkWrites() throws MalformedException {
    PublicPoint point = P256Key.generate(Providers.jdk(), new SecureRandom()).publicKey();

    assertArrayEquals(point.key(Providers.jdk()).getEncoded(), point.spki().toArray());
    assertEquals(point, PublicPoint.parseSpki(point.spki()));
  }

  @Test
  void otherSubjectPublicKeyInfoIsRefused() throws MalformedException {
    Bytes spki = PublicPoint.parse(Bytes.hex("04" + X + Y)).spki();

    for (int length = 0; length < spki.length(); length++) {
      Bytes cut = spki.slice(0, length);
      assertThrows(MalformedException.class, () -> PublicPoint.parseSpki(cut));
    }
    byte[] otherCurve = spki.toArray();
    otherCurve[20] ^= 1;
    assertThrows(MalformedException.class, () -> PublicPoint.parseSpki(Bytes.of(otherCurve)));
    Bytes longer = Bytes.concat(spki, Bytes.hex("00"));
    assertThrows(MalformedException.class, () -> PublicPoint.parseSpki(longer));
  }

  @Test
  void aPointBesideTheCurveIsRefused() {
    assertRefused("04" + X + Y.substring(0, 63) + "4");
    assertRefused("04" + Y + X);
    assertRefused("04" + "00".repeat(64));
  }

  @Test
  void aCoordinateThatIsNotReducedIsRefused() throws MalformedException {
    // The points with x = 5 exist, and 5 + p still fits 32 bytes.
    BigInteger y = squareRoot(rightSide(BigInteger.valueOf(5)));
    String five = hex(BigInteger.valueOf(5));

    PublicPoint.parse(Bytes.hex("04" + five + hex(y)));
    assertRefused("04" + hex(BigInteger.valueOf(5).add(FIELD)) + hex(y));
  }

  @Test
  void otherFormsOfAPointAreRefused() {
    assertRefused("");
    assertRefused("00");
    assertRefused("03" + X);
    assertRefused("06" + X + Y);
    assertRefused("04" + X + Y + "00");
    assertRefused("04" + X + Y.substring(2));
  }

  private static void assertRefused(String hex) {
    Bytes value = Bytes.hex(hex);
    MalformedException refused =
        assertThrows(MalformedException.class, () -> PublicPoint.parse(value));
    assertEquals(Check.FORM_POINT, refused.check());
    assertThrows(IllegalArgumentException.class, () -> new PublicPoint(value));
  }

  private static BigInteger rightSide(BigInteger x) {
    BigInteger b =
        new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    return x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b).mod(FIELD);
  }

  private static BigInteger squareRoot(BigInteger square) {
    return square.modPow(FIELD.add(BigInteger.ONE).shiftRight(2), FIELD);
  }

  private static String hex(BigInteger number) {
    return "%064x".formatted(number);
  }
}
