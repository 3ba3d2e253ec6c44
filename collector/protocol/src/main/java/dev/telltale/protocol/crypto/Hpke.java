package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * HPKE, base mode, one message for each encapsulation (RFC 9180 sections 4 to 6): DHKEM(P-256,
 * HKDF-SHA256), HKDF-SHA256, AES-256-GCM. A sealed message is enc ‖ ciphertext.
 */
public final class Hpke {
  /** What sealing adds: the encapsulated key and the tag. */
  public static final int OVERHEAD = PublicPoint.LENGTH + AesGcm.TAG;

  private static final Bytes VERSION = Bytes.utf8("HPKE-v1");
  private static final Bytes KEM = Bytes.concat(Bytes.utf8("KEM"), Bytes.hex("0010"));
  private static final Bytes SUITE = Bytes.concat(Bytes.utf8("HPKE"), Bytes.hex("001000010002"));
  private static final Bytes MODE_BASE = Bytes.hex("00");

  /** The empty salt of HKDF: HMAC pads its key with zeros, and Java takes no empty one. */
  private static final Bytes NO_SALT = Bytes.of(new byte[32]);

  private final Providers providers;

  public Hpke(Providers providers) {
    this.providers = providers;
  }

  public Bytes seal(
      PublicPoint recipient, Bytes info, Bytes aad, Bytes plaintext, SecureRandom random) {
    return seal(EcPrivate.generate(providers, random), recipient, info, aad, plaintext);
  }

  /** With an ephemeral key from outside, which must never serve twice: for vectors. */
  Bytes seal(EcPrivate ephemeral, PublicPoint recipient, Bytes info, Bytes aad, Bytes plaintext) {
    Bytes enc = ephemeral.point().value();
    Bytes shared = sharedSecret(ephemeral.agree(recipient), enc, recipient);
    Context context = schedule(shared, info);
    return Bytes.concat(
        enc, AesGcm.seal(providers, context.key, context.baseNonce, aad, plaintext));
  }

  /** Empty when it was not sealed to this key under this info and aad. */
  public Optional<Bytes> open(PrivateWrapKey recipient, Bytes info, Bytes aad, Bytes sealed) {
    if (sealed.length() < OVERHEAD) {
      return Optional.empty();
    }
    PublicPoint ephemeral;
    try {
      ephemeral = PublicPoint.parse(sealed.slice(0, PublicPoint.LENGTH));
    } catch (MalformedException _) {
      return Optional.empty();
    }
    Bytes dh = recipient.pair().agree(ephemeral);
    Bytes shared = sharedSecret(dh, ephemeral.value(), recipient.publicKey());
    Context context = schedule(shared, info);
    Bytes ciphertext = sealed.slice(PublicPoint.LENGTH, sealed.length());
    return AesGcm.open(providers, context.key, context.baseNonce, aad, ciphertext);
  }

  /** ExtractAndExpand of section 4.1. */
  static Bytes sharedSecret(Bytes dh, Bytes enc, PublicPoint recipient) {
    Bytes prk = labeledExtract(KEM, NO_SALT, "eae_prk", dh);
    return labeledExpand(
        KEM, prk, "shared_secret", Bytes.concat(enc, recipient.value()), P256.COORDINATE);
  }

  record Context(Bytes key, Bytes baseNonce) {
    @Override
    public String toString() {
      return "HPKE context";
    }
  }

  /** KeySchedule of section 5.1 with neither psk nor psk_id; sequence number 0 is all we use. */
  static Context schedule(Bytes sharedSecret, Bytes info) {
    Bytes pskIdHash = labeledExtract(SUITE, NO_SALT, "psk_id_hash", Bytes.EMPTY);
    Bytes infoHash = labeledExtract(SUITE, NO_SALT, "info_hash", info);
    Bytes context = Bytes.concat(MODE_BASE, pskIdHash, infoHash);
    Bytes secret = labeledExtract(SUITE, sharedSecret, "secret", Bytes.EMPTY);
    return new Context(
        labeledExpand(SUITE, secret, "key", context, AesGcm.KEY),
        labeledExpand(SUITE, secret, "base_nonce", context, AesGcm.NONCE));
  }

  private static Bytes labeledExtract(Bytes suite, Bytes salt, String label, Bytes input) {
    return HmacSha256.of(salt, VERSION, suite, Bytes.utf8(label), input);
  }

  /** One block of HKDF-Expand: nothing here is longer than 32 bytes. */
  private static Bytes labeledExpand(Bytes suite, Bytes prk, String label, Bytes info, int length) {
    Bytes twoByteLength = Bytes.of(new byte[] {0, (byte) length});
    Bytes block =
        HmacSha256.of(prk, twoByteLength, VERSION, suite, Bytes.utf8(label), info, Bytes.hex("01"));
    return block.slice(0, length);
  }
}
