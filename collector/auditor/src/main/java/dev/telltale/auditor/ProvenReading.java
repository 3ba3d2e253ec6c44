package dev.telltale.auditor;

import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.bundle.ShownReading;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.protocol.tlog.InclusionProof;
import dev.telltale.protocol.tlog.MerkleHash;
import dev.telltale.protocol.tlog.ReadingLeaves;

/**
 * This reading is what the device sealed: ciphertext and key are in the two trees of the manifest,
 * so it opens in this way and in no other.
 *
 * @param item its position in the envelope, from 0
 * @param number its number since the device's first enrolment
 */
record ProvenReading(int item, long number, Reading reading) {

  static ProvenReading check(ShownReading shown, Manifest manifest, Suite suite)
      throws FailedCheck {
    MerkleHash tree = MerkleHash.of(suite);
    Manifest.Roots roots = manifest.roots();
    Digest sealed = ReadingLeaves.ofCiphertext(tree, shown.ciphertext());
    FailedCheck.unless(
        new InclusionProof(shown.item(), manifest.count(), shown.ciphertextPath())
            .leadsTo(tree, sealed, roots.ciphertexts()),
        Check.ENVELOPE_CIPHERTEXTS,
        "the ciphertext of item " + shown.item() + " is not in the manifest");
    Digest key = ReadingLeaves.ofKey(tree, shown.key());
    FailedCheck.unless(
        new InclusionProof(shown.item(), manifest.count(), shown.keyPath())
            .leadsTo(tree, key, roots.keys()),
        Check.ENVELOPE_KEYS,
        "the key of item " + shown.item() + " is not in the manifest");
    long number = manifest.firstReading() + shown.item();
    Reading reading = opened(shown, manifest, number, suite);
    long time = reading.timeMillis();
    FailedCheck.unless(
        manifest.times().from() <= time && time <= manifest.times().until(),
        Check.ENVELOPE_TIMES,
        "item %d is of %s".formatted(shown.item(), Words.time(time)));
    return new ProvenReading(shown.item(), number, reading);
  }

  private static Reading opened(ShownReading shown, Manifest manifest, long number, Suite suite)
      throws FailedCheck {
    try {
      return Reading.decode(suite.open(shown.key(), manifest.device(), number, shown.ciphertext()));
    } catch (MalformedException e) {
      throw new FailedCheck(
          Check.ENVELOPE_READING,
          "item %d opens to no reading: %s".formatted(shown.item(), e.getMessage()));
    }
  }

  /** As a person reads it: {@code power 291 W}. */
  String text() {
    String value = reading.value().map(number -> number.toPlainString()).orElse("no value");
    String measured = reading.unit().isEmpty() ? value : value + " " + reading.unit();
    return switch (reading.quality()) {
      case GOOD, NO_VALUE -> "%s %s".formatted(reading.name(), measured);
      case SUSPECT -> "%s %s (suspect)".formatted(reading.name(), measured);
    };
  }

  String time() {
    return Words.time(reading.timeMillis());
  }
}
