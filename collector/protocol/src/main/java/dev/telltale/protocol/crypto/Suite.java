package dev.telltale.protocol.crypto;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import java.security.SecureRandom;

/**
 * One choice of algorithms for readings and content secrets. A device keeps the suite of its
 * enrolment for life; nothing is negotiated afterwards.
 */
public sealed interface Suite permits Nist {
  /** The suite of this number on the wire. */
  static Suite numbered(long number, Providers providers) throws MalformedException {
    if (number == Nist.NUMBER) {
      return new Nist(providers);
    }
    throw new MalformedException(Check.FORM_SUITE, 0, "suite " + number);
  }

  int number();

  /** The suite's hash of the concatenation of the parts. */
  Digest hash(Bytes... parts);

  /** The key of one reading; whoever has it opens that reading and no other. */
  Bytes readingKey(ContentSecret secret, DeviceId device, long readingSeq);

  /**
   * Seals one reading. The nonce is fixed: a reading key seals one pack, ever, and the caller sees
   * to it by using each number under a content secret once.
   */
  Bytes seal(Bytes readingKey, DeviceId device, long readingSeq, Bytes pack);

  /**
   * Opens one reading.
   *
   * @throws MalformedException with {@code ENVELOPE_READING}
   */
  Bytes open(Bytes readingKey, DeviceId device, long readingSeq, Bytes ciphertext)
      throws MalformedException;

  /** Wraps a content secret for one recipient. */
  Bytes wrap(
      ContentSecret secret,
      PublicPoint recipient,
      DeviceId device,
      Digest recipientSet,
      SecureRandom random);

  /**
   * Unwraps a content secret; the caller closes it.
   *
   * @throws MalformedException with {@code ENVELOPE_UNWRAP}
   */
  ContentSecret unwrap(Bytes blob, PrivateWrapKey key, DeviceId device, Digest recipientSet)
      throws MalformedException;

  /** Exactly how long a wrapped content secret is. */
  int blobLength();

  /** What sealing adds to a pack. */
  int sealOverhead();
}
