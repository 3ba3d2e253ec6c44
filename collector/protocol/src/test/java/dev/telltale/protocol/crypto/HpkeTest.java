package dev.telltale.protocol.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.vectors.Json;
import dev.telltale.protocol.vectors.SharedVectors;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HpkeTest {
  private static final Providers JDK = Providers.jdk();
  private static final Hpke HPKE = new Hpke(JDK);
  private static final Bytes INFO = Bytes.utf8("info");
  private static final Bytes AAD = Bytes.utf8("aad");
  private static final Bytes PLAINTEXT = Bytes.utf8("what is sealed");

  @Test
  void everyStepIsThatOfTheRfcVector() throws IOException, MalformedException {
    Json vector = vector();
    EcPrivate ephemeral = key(vector, "skEm", "pkEm");
    PrivateWrapKey recipient = wrapKey(vector);
    Bytes info = vector.hex("info");

    Bytes dh = ephemeral.agree(recipient.publicKey());
    Bytes shared = Hpke.sharedSecret(dh, vector.hex("enc"), recipient.publicKey());
    Hpke.Context context = Hpke.schedule(shared, info);

    assertEquals(vector.hex("shared_secret"), shared);
    assertEquals(vector.hex("key"), context.key());
    assertEquals(vector.hex("base_nonce"), context.baseNonce());
    Json first = vector.get("encryptions").items().getFirst();
    Bytes sealed = Bytes.concat(vector.hex("enc"), first.hex("ct"));
    assertEquals(
        sealed,
        HPKE.seal(ephemeral, recipient.publicKey(), info, first.hex("aad"), first.hex("pt")));
    assertEquals(
        Optional.of(first.hex("pt")), HPKE.open(recipient, info, first.hex("aad"), sealed));
  }

  /** The schedule depends on the number of the AEAD: this vector must not fit. */
  @Test
  void theVectorOfAnotherAeadHasAnotherKey() throws IOException {
    Json other = vectors().stream().filter(v -> v.number("aead_id") == 1).findFirst().orElseThrow();

    Hpke.Context context = Hpke.schedule(other.hex("shared_secret"), other.hex("info"));

    assertTrue(!context.key().slice(0, 16).equals(other.hex("key")));
  }

  @Test
  void onlyTheRecipientOpensAndOnlyUnderTheSameInfoAndAad() {
    SecureRandom random = new SecureRandom();
    PrivateWrapKey recipient = PrivateWrapKey.generate(JDK, random);
    Bytes sealed = HPKE.seal(recipient.publicKey(), INFO, AAD, PLAINTEXT, random);

    assertEquals(Optional.of(PLAINTEXT), HPKE.open(recipient, INFO, AAD, sealed));
    assertEquals(PLAINTEXT.length() + Hpke.OVERHEAD, sealed.length());
    PrivateWrapKey other = PrivateWrapKey.generate(JDK, random);
    assertEquals(Optional.empty(), HPKE.open(other, INFO, AAD, sealed));
    assertEquals(Optional.empty(), HPKE.open(recipient, AAD, AAD, sealed));
    assertEquals(Optional.empty(), HPKE.open(recipient, INFO, INFO, sealed));
  }

  @Test
  void noChangedByteAndNoOtherLengthOpens() {
    SecureRandom random = new SecureRandom();
    PrivateWrapKey recipient = PrivateWrapKey.generate(JDK, random);
    Bytes sealed = HPKE.seal(recipient.publicKey(), INFO, AAD, PLAINTEXT, random);

    for (int i = 0; i < sealed.length(); i++) {
      byte[] changed = sealed.toArray();
      changed[i] ^= 1;
      assertEquals(Optional.empty(), HPKE.open(recipient, INFO, AAD, Bytes.of(changed)));
      assertEquals(Optional.empty(), HPKE.open(recipient, INFO, AAD, sealed.slice(0, i)));
    }
    Bytes longer = Bytes.concat(sealed, Bytes.hex("00"));
    assertEquals(Optional.empty(), HPKE.open(recipient, INFO, AAD, longer));
  }

  private static List<Json> vectors() throws IOException {
    return SharedVectors.json("hpke/rfc9180-p256-base.json").items();
  }

  private static Json vector() throws IOException {
    return vectors().stream().filter(v -> v.number("aead_id") == 2).findFirst().orElseThrow();
  }

  private static PrivateWrapKey wrapKey(Json vector) throws MalformedException {
    return PrivateWrapKey.parse(JDK, key(vector, "skRm", "pkRm").pkcs8());
  }

  private static EcPrivate key(Json vector, String scalar, String point) throws MalformedException {
    return EcPrivate.parse(JDK, TestKeys.pkcs8(vector.hex(scalar), vector.hex(point)));
  }
}
