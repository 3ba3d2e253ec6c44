package dev.telltale.collector.decrypt;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.ContentSecret;
import dev.telltale.protocol.crypto.PrivateWrapKey;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.verifier.EnvelopeOpener;
import dev.telltale.verifier.Opening;
import java.util.Optional;

/** Opens envelopes with the wrap key, which never leaves here. Safe for several threads. */
public final class Decryptor {
  private final Suite suite;
  private final PrivateWrapKey key;
  private final EnvelopeOpener opener;
  private final KeyCache cache = new KeyCache();

  public Decryptor(Suite suite, PrivateWrapKey key) {
    this.suite = suite;
    this.key = key;
    this.opener = new EnvelopeOpener(suite);
  }

  /**
   * Unwraps, opens and compares with the manifest.
   *
   * @throws MalformedException with {@code ENVELOPE_UNWRAP}, {@code ENVELOPE_KEYS} or {@code
   *     ENVELOPE_TIMES}
   */
  public Opening open(Envelope envelope, Manifest manifest) throws MalformedException {
    return opener.open(envelope, manifest, secret(envelope, manifest));
  }

  /** The key of one reading of an envelope that opened: what shows it, and no other, to others. */
  public Bytes readingKey(Envelope envelope, Manifest manifest, int item)
      throws MalformedException {
    return suite.readingKey(
        secret(envelope, manifest), manifest.device(), manifest.firstReading() + item);
  }

  private ContentSecret secret(Envelope envelope, Manifest manifest) throws MalformedException {
    KeyCache.Wrapping wrapping = new KeyCache.Wrapping(manifest.ekey(), manifest.recipientSet());
    Optional<ContentSecret> known = cache.get(manifest.device(), wrapping);
    if (known.isPresent()) {
      return known.get();
    }
    Bytes blob =
        envelope
            .ekey()
            .blobFor(key.publicKey().kid())
            .orElseThrow(() ->
                new MalformedException(
                    Check.ENVELOPE_UNWRAP, 0, "the collector is not among the recipients"));
    ContentSecret secret = suite.unwrap(blob, key, manifest.device(), manifest.recipientSet());
    cache.put(manifest.device(), wrapping, secret);
    return secret;
  }
}
