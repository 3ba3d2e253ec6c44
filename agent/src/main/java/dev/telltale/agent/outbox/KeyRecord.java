package dev.telltale.agent.outbox;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.message.EKey;
import dev.telltale.protocol.message.Manifest.BootSeeds;

/**
 * What is kept of a content secret: its wrapping for the recipients, whom they are, and the boot in
 * which it was drawn.
 */
public record KeyRecord(EKey ekey, Digest recipientSet, Bytes bootSeed) {
  public KeyRecord {
    if (bootSeed.length() != BootSeeds.LENGTH) {
      throw new IllegalArgumentException("a boot seed of " + bootSeed.length() + " bytes");
    }
  }
}
