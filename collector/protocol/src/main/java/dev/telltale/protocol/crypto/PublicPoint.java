package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborWriter;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/**
 * A P-256 public key: 65 bytes, uncompressed (SEC 1 section 2.3.3), on the curve. There is no
 * object of this type that is not.
 */
public record PublicPoint(Bytes value) implements Comparable<PublicPoint> {
  public static final int LENGTH = 65;

  /** SubjectPublicKeyInfo of a named-curve P-256 key up to the point (RFC 5480 section 2). */
  private static final Bytes SPKI_HEAD =
      Bytes.hex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  public PublicPoint {
    faultOf(value)
        .ifPresent(fault -> {
          throw new IllegalArgumentException(fault);
        });
  }

  /** Reads what came from outside. */
  public static PublicPoint parse(Bytes value) throws MalformedException {
    Optional<String> fault = faultOf(value);
    if (fault.isPresent()) {
      throw new MalformedException(Check.FORM_POINT, 0, fault.get());
    }
    return new PublicPoint(value);
  }

  /** From coordinates of 32 bytes each. */
  public static PublicPoint parse(Bytes x, Bytes y) throws MalformedException {
    if (x.length() != P256.COORDINATE || y.length() != P256.COORDINATE) {
      throw new MalformedException(Check.FORM_POINT, 0, "a coordinate is not of 32 bytes");
    }
    return parse(Bytes.concat(Bytes.hex("04"), x, y));
  }

  /** From a SubjectPublicKeyInfo, in the one DER form a named-curve P-256 key has. */
  public static PublicPoint parseSpki(Bytes der) throws MalformedException {
    int head = SPKI_HEAD.length();
    if (der.length() != head + LENGTH || !der.slice(0, head).equals(SPKI_HEAD)) {
      throw new MalformedException(Check.FORM_POINT, 0, "not a P-256 SubjectPublicKeyInfo");
    }
    return parse(der.slice(head, der.length()));
  }

  private static Optional<String> faultOf(Bytes value) {
    if (value.length() != LENGTH || value.at(0) != 4) {
      return Optional.of("not an uncompressed P-256 point of 65 bytes");
    }
    boolean valid =
        P256.isOnCurve(P256.number(value.slice(1, 33)), P256.number(value.slice(33, LENGTH)));
    return valid ? Optional.empty() : Optional.of("the point is not on P-256");
  }

  public Bytes x() {
    return value.slice(1, 33);
  }

  public Bytes y() {
    return value.slice(33, LENGTH);
  }

  /** SubjectPublicKeyInfo, DER. */
  public Bytes spki() {
    return Bytes.concat(SPKI_HEAD, value);
  }

  public PublicKey key(Providers providers) {
    try {
      return providers.ecKeys().generatePublic(new X509EncodedKeySpec(spki().toArray()));
    } catch (InvalidKeySpecException e) {
      throw new IllegalStateException("a provider refused a valid P-256 point", e);
    }
  }

  /** COSE key thumbprint with SHA-256 (RFC 9679): over the required members only. */
  public Digest kid() {
    return Sha256.of(
        new CborWriter()
            .map(4)
            .integer(1)
            .integer(2)
            .integer(-1)
            .integer(1)
            .integer(-2)
            .bytes(x())
            .integer(-3)
            .bytes(y())
            .toBytes());
  }

  /** By kid, the order of recipients. */
  @Override
  public int compareTo(PublicPoint other) {
    return kid().compareTo(other.kid());
  }
}
