package dev.telltale.agent.outbox;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;

/**
 * A reading as it is kept. With both leaf hashes its envelope can be closed by somebody who has no
 * key.
 *
 * @param time of the reading, in ms
 */
public record SealedReading(
    long number, long time, Bytes ciphertext, Digest ciphertextLeaf, Digest keyLeaf) {
  public SealedReading {
    if (number < 1 || number > Limits.NUMBER || time < 0 || time > Limits.NUMBER) {
      throw new IllegalArgumentException("number " + number + ", time " + time);
    }
    if (ciphertext.isEmpty() || ciphertext.length() > Limits.CIPHERTEXT) {
      throw new IllegalArgumentException("a ciphertext of " + ciphertext.length() + " bytes");
    }
  }
}
