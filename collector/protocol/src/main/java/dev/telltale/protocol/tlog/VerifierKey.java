package dev.telltale.protocol.tlog;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/**
 * The public half of an Ed25519 note key, with its name (C2SP signed-note, signature type 1). As
 * text it is the "vkey" {@code name+id+base64}.
 */
public record VerifierKey(String name, Bytes publicKey) {
  public static final int PUBLIC_KEY_LENGTH = 32;

  static final int SIGNATURE_LENGTH = 64;
  private static final Bytes TYPE_ED25519 = Bytes.hex("01");
  private static final Bytes NEWLINE = Bytes.hex("0a");

  /** SubjectPublicKeyInfo of RFC 8410 up to the key. */
  private static final Bytes SPKI = Bytes.hex("302a300506032b6570032100");

  public VerifierKey {
    KeyNames.require(name);
    if (publicKey.length() != PUBLIC_KEY_LENGTH) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
    }
  }

  /** Refuses with {@code note.key}; the id in the text must be that of the key. */
  public static VerifierKey parse(String vkey) throws MalformedException {
    // the base64 may contain further plus signs
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3 || !KeyNames.valid(parts[0])) {
      throw malformed("a verifier key is name+id+base64");
    }
    Bytes typed =
        StrictBase64.decode(parts[2]).orElseThrow(() -> malformed("the key is not base64"));
    if (typed.length() != 1 + PUBLIC_KEY_LENGTH || !typed.slice(0, 1).equals(TYPE_ED25519)) {
      throw malformed("not an Ed25519 key");
    }
    VerifierKey key = new VerifierKey(parts[0], typed.slice(1, typed.length()));
    if (!key.idHex().equals(parts[1])) {
      throw malformed("the id is not that of the key");
    }
    return key;
  }

  private static MalformedException malformed(String detail) {
    return new MalformedException(Check.NOTE_KEY, 0, detail);
  }

  /** Four bytes that tell apart keys of one name: no hash to rely on. */
  public Bytes id() {
    return Sha256.of(Bytes.utf8(name), NEWLINE, TYPE_ED25519, publicKey).value().slice(0, 4);
  }

  /** Name and id, as people refer to a log. */
  public String label() {
    return name + "+" + idHex();
  }

  /** The vkey. */
  public String text() {
    return label() + "+" + StrictBase64.encode(Bytes.concat(TYPE_ED25519, publicKey));
  }

  /** Whether this key made the signature over exactly this text. */
  public boolean verifies(String text, Bytes signature) {
    if (signature.length() != SIGNATURE_LENGTH) {
      return false;
    }
    try {
      Signature ed25519 = Providers.jdk().ed25519();
      ed25519.initVerify(
          Providers.jdk()
              .ed25519Keys()
              .generatePublic(new X509EncodedKeySpec(Bytes.concat(SPKI, publicKey).toArray())));
      ed25519.update(Bytes.utf8(text).buffer());
      return ed25519.verify(signature.toArray());
    } catch (GeneralSecurityException e) {
      // no point of the curve, or no canonical signature
      return false;
    }
  }

  private String idHex() {
    return id().toHex();
  }
}
