package dev.telltale.collector.fleet;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Refusal;
import dev.telltale.protocol.tpm.ClockInfo;
import dev.telltale.protocol.tpm.TpmsAttest;

/**
 * Where a device stands in its chain: what the next manifest has to continue.
 *
 * @param sequence of the last committed envelope, 0 before the first
 * @param previous hash the next manifest has to name
 * @param nextReading number of the reading expected next
 * @param clock counters of the last quote
 * @param challenge newest {@code issued} bound so far
 * @param checkpoint largest tree size bound so far
 * @param leaf of the last entry
 * @param arrival of the last entry, by our clock
 * @param position what a device that lost its way is shown
 */
public record DeviceState(
    long sequence,
    Digest previous,
    long nextReading,
    ClockInfo clock,
    Bytes bootSeed,
    long challenge,
    long checkpoint,
    long leaf,
    long arrival,
    Refusal.Position position) {

  /** After this manifest, committed at this leaf. */
  public DeviceState after(Manifest manifest, Digest hash, TpmsAttest attest, Placed placed) {
    return new DeviceState(
        manifest.sequence(),
        hash,
        manifest.nextReading(),
        attest.clockInfo(),
        manifest.boot().now(),
        manifest.challenge().issued(),
        manifest.checkpoint().size(),
        placed.leaf,
        placed.arrival,
        placed.position);
  }

  /** What the committer adds to a manifest. */
  public record Placed(long leaf, long arrival, Refusal.Position position) {}
}
