package dev.telltale.agent.envelope;

import dev.telltale.agent.outbox.OpenBatch;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Manifest.BootSeeds;
import dev.telltale.protocol.message.Manifest.LogExtent;
import dev.telltale.protocol.message.Manifest.Times;
import dev.telltale.protocol.message.Reason;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Writes the manifest over a batch.
 *
 * @param bootSeed of this boot
 */
public record Manifests(Suite suite, DeviceId device, Bytes bootSeed, InstantSource clock) {
  Manifest over(OpenBatch batch) {
    OpenBatch.Content content = batch.content();
    return new Manifest(
        suite.number(),
        device,
        batch.link().sequence(),
        batch.link().previous(),
        content.firstReading(),
        content.count(),
        content.roots(),
        suite.hash(batch.key().ekey().encode()),
        batch.key().recipientSet(),
        content.times().orElseGet(this::now),
        batch.challenge().bound(),
        batch.checkpoint().bound(),
        new BootSeeds(bootSeed, batch.key().bootSeed()),
        new LogExtent(0, suite.hash()),
        batch.readingsLost() ? Optional.of(Reason.NOT_STORED) : Optional.empty());
  }

  private Times now() {
    long now = Math.max(0, clock.millis());
    return new Times(now, now);
  }
}
