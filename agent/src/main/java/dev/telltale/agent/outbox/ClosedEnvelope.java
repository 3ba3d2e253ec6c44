package dev.telltale.agent.outbox;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Manifest;
import java.util.OptionalLong;

/**
 * A manifest with its quote, durable, so that its sequence number is taken for good. The readings
 * stay on the disk; {@link Outbox#message} adds them.
 *
 * @param encoded the manifest as it was quoted
 * @param firstAt position in the journal of the first reading, if it has any
 */
public record ClosedEnvelope(
    Manifest manifest, Bytes encoded, Evidence evidence, EKey ekey, OptionalLong firstAt) {
  public long sequence() {
    return manifest.sequence();
  }
}
