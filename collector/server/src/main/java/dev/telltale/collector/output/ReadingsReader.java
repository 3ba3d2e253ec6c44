package dev.telltale.collector.output;

import dev.telltale.collector.decrypt.Decryptor;
import dev.telltale.collector.fleet.Attachment;
import dev.telltale.ledger.Ledger;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.message.Verdict;
import dev.telltale.protocol.reading.Reading;
import dev.telltale.verifier.Opening;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the journal and opens what it holds: readings are kept as ciphertexts and are in the clear
 * only on their way out.
 */
public final class ReadingsReader {
  private final Ledger ledger;
  private final Decryptor decryptor;

  /**
   * A committed reading.
   *
   * @param reading empty where its ciphertext opened to no valid reading
   */
  public record Committed(
      DeviceId device, Verdict verdict, long leaf, int item, Optional<Reading> reading) {}

  /** Gets the readings in the order of the log. */
  public interface Visitor {
    void reading(Committed reading) throws IOException;
  }

  public ReadingsReader(Ledger ledger, Decryptor decryptor) {
    this.ledger = ledger;
    this.decryptor = decryptor;
  }

  /** All readings of a device, or of all, whose time is not before {@code since}. */
  public void read(Optional<DeviceId> device, long since, Visitor visitor) throws IOException {
    ledger.replay(
        0,
        (leaf, entry) -> {
          try {
            switch (Attachment.decode(entry.attachment())) {
              case Attachment.OfEnvelope envelope -> open(leaf, envelope, device, since, visitor);
              case Attachment.OfEnrolment _, Attachment.OfStatement _ -> {}
            }
          } catch (MalformedException e) {
            throw new IOException("leaf " + leaf + " cannot be read back: run fsck", e);
          }
          return true;
        });
  }

  private void open(
      long leaf,
      Attachment.OfEnvelope entry,
      Optional<DeviceId> device,
      long since,
      Visitor visitor)
      throws IOException, MalformedException {
    Envelope envelope = Envelope.decode(entry.message());
    Manifest manifest = Manifest.decode(envelope.manifest());
    if (manifest.times().until() < since
        || device.filter(wanted -> !wanted.equals(manifest.device())).isPresent()) {
      return;
    }
    Opening opening = decryptor.open(envelope, manifest);
    Verdict verdict = Verdict.decode(entry.verdict());
    List<Optional<Reading>> readings = opening.readings();
    for (int item = 0; item < readings.size(); item++) {
      Optional<Reading> reading = readings.get(item);
      if (reading.filter(one -> one.timeMillis() < since).isEmpty()) {
        visitor.reading(new Committed(manifest.device(), verdict, leaf, item, reading));
      }
    }
  }
}
