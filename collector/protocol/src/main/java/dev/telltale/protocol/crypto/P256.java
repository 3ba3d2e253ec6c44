package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import java.math.BigInteger;

/** The curve's numbers (SEC 2 section 2.4.2) and the checks no provider is trusted with. */
final class P256 {
  static final int COORDINATE = 32;

  /** The order of the group; the cofactor is 1. */
  static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private static final BigInteger FIELD =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
  private static final BigInteger B =
      new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

  private P256() {}

  static BigInteger number(Bytes bytes) {
    return new BigInteger(1, bytes.toArray());
  }

  /** The number in exactly 32 bytes. */
  static byte[] fixed(BigInteger number) {
    byte[] fixed = new byte[COORDINATE];
    byte[] minimal = number.toByteArray();
    int length = Math.min(minimal.length, COORDINATE);
    System.arraycopy(minimal, minimal.length - length, fixed, COORDINATE - length, length);
    return fixed;
  }

  /** Whether this can be a private key, or one half of a signature: 1..n-1. */
  static boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(ORDER) < 0;
  }

  /** y^2 = x^3 - 3x + b with both coordinates in the field (SEC 1 section 3.2.2.1). */
  static boolean isOnCurve(BigInteger x, BigInteger y) {
    if (x.compareTo(FIELD) >= 0 || y.compareTo(FIELD) >= 0) {
      return false;
    }
    BigInteger right = x.multiply(x).subtract(BigInteger.valueOf(3)).multiply(x).add(B);
    return y.multiply(y).subtract(right).mod(FIELD).signum() == 0;
  }
}
