package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Label;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborWriter;
import java.security.SecureRandom;

/** Suite 1: SHA-256, AES-256-GCM, HPKE over P-256. */
public record Nist(Providers providers) implements Suite {
  public static final int NUMBER = 1;

  /** Fixed, because the key of a reading seals that reading only. */
  private static final Bytes NONCE = Bytes.of(new byte[AesGcm.NONCE]);

  /** Protected header {alg: A256GCM}: a COSE_Encrypt0 can be rebuilt around each ciphertext. */
  private static final Bytes PROTECTED = new CborWriter().map(1).uint(1).uint(3).toBytes();

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public Digest hash(Bytes... parts) {
    return Sha256.of(parts);
  }

  @Override
  public Bytes readingKey(ContentSecret secret, DeviceId device, long readingSeq) {
    return HmacSha256.of(
        secret.reveal(), Label.READING.bytes(), device.value(), Bytes.u64(readingSeq));
  }

  @Override
  public Bytes seal(Bytes readingKey, DeviceId device, long readingSeq, Bytes pack) {
    if (pack.length() > Limits.READING) {
      throw new IllegalArgumentException("a pack of " + pack.length() + " bytes");
    }
    return AesGcm.seal(providers, readingKey, NONCE, aad(device, readingSeq), pack);
  }

  @Override
  public Bytes open(Bytes readingKey, DeviceId device, long readingSeq, Bytes ciphertext)
      throws MalformedException {
    if (readingKey.length() != AesGcm.KEY || ciphertext.length() > Limits.READING + AesGcm.TAG) {
      throw new MalformedException(Check.ENVELOPE_READING, 0, "a key or ciphertext of wrong size");
    }
    return AesGcm.open(providers, readingKey, NONCE, aad(device, readingSeq), ciphertext)
        .orElseThrow(() ->
            new MalformedException(
                Check.ENVELOPE_READING, 0, "reading " + readingSeq + " does not open"));
  }

  /** Enc_structure of COSE_Encrypt0 (RFC 9052 section 5.3). */
  private static Bytes aad(DeviceId device, long readingSeq) {
    Bytes external =
        new CborWriter()
            .array(4)
            .text("telltale/1/reading")
            .uint(NUMBER)
            .bytes(device.value())
            .uint(readingSeq)
            .toBytes();
    return new CborWriter().array(3).text("Encrypt0").bytes(PROTECTED).bytes(external).toBytes();
  }

  @Override
  public Bytes wrap(
      ContentSecret secret,
      PublicPoint recipient,
      DeviceId device,
      Digest recipientSet,
      SecureRandom random) {
    return new Hpke(providers)
        .seal(recipient, info(device, recipientSet), Bytes.EMPTY, secret.reveal(), random);
  }

  @Override
  public ContentSecret unwrap(Bytes blob, PrivateWrapKey key, DeviceId device, Digest recipientSet)
      throws MalformedException {
    if (blob.length() != blobLength()) {
      throw new MalformedException(Check.ENVELOPE_UNWRAP, 0, "a blob of " + blob.length());
    }
    return new Hpke(providers)
        .open(key, info(device, recipientSet), Bytes.EMPTY, blob)
        .map(ContentSecret::of)
        .orElseThrow(
            () -> new MalformedException(Check.ENVELOPE_UNWRAP, 0, "not wrapped for this key"));
  }

  private static Bytes info(DeviceId device, Digest recipientSet) {
    return Bytes.concat(
        Label.EKEY.bytes(),
        new CborWriter()
            .array(3)
            .uint(NUMBER)
            .bytes(device.value())
            .bytes(recipientSet.value())
            .toBytes());
  }

  @Override
  public int blobLength() {
    return Hpke.OVERHEAD + ContentSecret.LENGTH;
  }

  @Override
  public int sealOverhead() {
    return AesGcm.TAG;
  }
}
