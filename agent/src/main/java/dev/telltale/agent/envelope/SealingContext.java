package dev.telltale.agent.envelope;

import dev.telltale.agent.outbox.KeyRecord;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.RecipientSet;
import java.security.SecureRandom;

/**
 * For whom this device seals.
 *
 * @param recipientsHash of the payload the owner signed, as it came
 * @param bootSeed of this boot
 */
public record SealingContext(
    Suite suite, DeviceId device, RecipientSet recipients, Digest recipientsHash, Bytes bootSeed) {

  /** What is kept of a content secret. */
  KeyRecord wrap(ContentSecret secret, SecureRandom random) {
    EKey ekey =
        new EKey(
            recipients.points().stream()
                .map(point ->
                    new EKey.Wrapped(
                        point.kid(), suite.wrap(secret, point, device, recipientsHash, random)))
                .toList());
    return new KeyRecord(ekey, recipientsHash, bootSeed);
  }
}
