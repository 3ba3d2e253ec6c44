package dev.telltale.protocol.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.vectors.Json;
import dev.telltale.protocol.vectors.SharedVectors;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The primitives against the vectors of project Wycheproof, where they have our parameters. */
class WycheproofTest {
  private static final Providers JDK = Providers.jdk();

  @Test
  void ecdsaVerifiesExactlyTheValidOnes() throws IOException, MalformedException {
    int seen = 0;
    for (Json group : groups("ecdsa_secp256r1_sha256_test")) {
      PublicPoint key = PublicPoint.parse(group.get("publicKey").hex("uncompressed"));
      for (Json test : group.get("tests").items()) {
        Optional<Bytes> raw = raw(test.hex("sig"));
        if (raw.isPresent()) {
          seen++;
          assertEquals(
              isValid(test), Ecdsa.verify(JDK, key, test.hex("msg"), raw.get()), label(test));
        }
      }
    }
    assertTrue(seen > 200, seen + " signatures");
  }

  /** What is not a point in our one form is refused; agreement with every other one is as given. */
  @Test
  void ecdhAgreesOnValidPointsOnly()
      throws IOException, GeneralSecurityException, MalformedException {
    int agreed = 0;
    int refused = 0;
    PublicPoint any = P256Key.generate(JDK, new SecureRandom()).publicKey();
    for (Json group : groups("ecdh_secp256r1_test")) {
      for (Json test : group.get("tests").items()) {
        Optional<PublicPoint> point = point(test.hex("public"));
        if (point.isEmpty()) {
          refused++;
        } else {
          agreed++;
          EcPrivate own = new EcPrivate(JDK, privateKey(any, test.text("private")), any);
          assertTrue(!test.text("result").equals("invalid"), label(test));
          assertEquals(test.hex("shared"), own.agree(point.get()), label(test));
        }
      }
    }
    assertTrue(agreed > 200 && refused > 50, agreed + " agreed, " + refused + " refused");
  }

  @Test
  void aesGcmOpensExactlyTheValidOnes() throws IOException {
    int seen = 0;
    for (Json group : groups("aes_gcm_test")) {
      if (group.number("keySize") == 256
          && group.number("ivSize") == 96
          && group.number("tagSize") == 128) {
        for (Json test : group.get("tests").items()) {
          seen++;
          aesGcm(test);
        }
      }
    }
    assertTrue(seen > 40, seen + " messages");
  }

  private static void aesGcm(Json test) {
    Bytes key = test.hex("key");
    Bytes nonce = test.hex("iv");
    Bytes aad = test.hex("aad");
    Bytes sealed = Bytes.concat(test.hex("ct"), test.hex("tag"));
    Optional<Bytes> expected = isValid(test) ? Optional.of(test.hex("msg")) : Optional.empty();

    assertEquals(expected, AesGcm.open(JDK, key, nonce, aad, sealed), label(test));
    if (isValid(test)) {
      assertEquals(sealed, AesGcm.seal(JDK, key, nonce, aad, test.hex("msg")), label(test));
    }
  }

  private static Iterable<Json> groups(String name) throws IOException {
    return SharedVectors.json("wycheproof/" + name + ".json").get("testGroups").items();
  }

  private static boolean isValid(Json test) {
    return test.text("result").equals("valid");
  }

  private static String label(Json test) {
    return test.text("tcId") + " " + test.text("comment");
  }

  private static Optional<PublicPoint> point(Bytes spki) {
    try {
      return Optional.of(PublicPoint.parseSpki(spki));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private static PrivateKey privateKey(PublicPoint any, String scalar)
      throws GeneralSecurityException {
    ECPublicKey onCurve = (ECPublicKey) any.key(JDK);
    return JDK.ecKeys()
        .generatePrivate(new ECPrivateKeySpec(new BigInteger(scalar, 16), onCurve.getParams()));
  }

  /** r‖s of a DER signature; empty where the fault is one of DER, which we never read. */
  private static Optional<Bytes> raw(Bytes der) {
    if (der.length() < 8 || der.at(3) < 1 || der.at(3) > 33 || der.length() < der.at(3) + 7) {
      return Optional.empty();
    }
    int end = 4 + der.at(3);
    BigInteger r = new BigInteger(der.slice(4, end).toArray());
    BigInteger s = new BigInteger(der.slice(end + 2, der.length()).toArray());
    Bytes body = Bytes.concat(integer(r), integer(s));
    boolean same =
        Bytes.concat(Bytes.of(new byte[] {0x30, (byte) body.length()}), body).equals(der);
    boolean fits =
        r.signum() >= 0 && s.signum() >= 0 && Math.max(r.bitLength(), s.bitLength()) <= 256;
    return same && fits
        ? Optional.of(Bytes.concat(Bytes.of(P256.fixed(r)), Bytes.of(P256.fixed(s))))
        : Optional.empty();
  }

  private static Bytes integer(BigInteger number) {
    Bytes content = Bytes.of(number.toByteArray());
    return Bytes.concat(Bytes.of(new byte[] {2, (byte) content.length()}), content);
  }
}
