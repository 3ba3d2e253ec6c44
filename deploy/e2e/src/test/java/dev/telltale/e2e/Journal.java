package dev.telltale.e2e;

import dev.telltale.ledger.fsck.Fsck;
import dev.telltale.ledger.fsck.Report;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the log holds, read by code that shares nothing with the collector: the walk of fsck, and
 * the formats.
 */
record Journal(Report report, List<Committed> envelopes) {
  private static final int ENVELOPE = 1;
  private static final int SALT = 32;

  /** An envelope in the log. */
  record Committed(long leaf, Bytes message, Envelope envelope, Manifest manifest) {}

  static Journal read(Path directory) throws IOException {
    List<Committed> envelopes = new ArrayList<>();
    Report report =
        Fsck.run(
            directory,
            Optional.empty(),
            (index, _, attachment) -> {
              try {
                committed(index, attachment).ifPresent(envelopes::add);
                return Optional.empty();
              } catch (MalformedException e) {
                return Optional.of(String.valueOf(e.getMessage()));
              }
            });
    return new Journal(report, List.copyOf(envelopes));
  }

  private static Optional<Committed> committed(long index, Bytes attachment)
      throws MalformedException {
    CborReader in = new CborReader(attachment);
    in.array(3, 8);
    if (in.uint() != ENVELOPE) {
      return Optional.empty();
    }
    in.bytes(SALT);
    in.bytes(1, Limits.VERDICT);
    Bytes message = in.bytes(1, Limits.MESSAGE);
    Envelope envelope = Envelope.decode(message);
    return Optional.of(
        new Committed(index, message, envelope, Manifest.decode(envelope.manifest())));
  }

  /** Of one device, in the order of the log. */
  List<Committed> of(DeviceId device) {
    return envelopes.stream().filter(each -> each.manifest.device().equals(device)).toList();
  }

  long readings() {
    return envelopes.stream().mapToLong(each -> each.manifest.count()).sum();
  }

  /** Readings that are in the log under a number of their device that is taken. */
  long duplicates() {
    long distinct =
        envelopes.stream()
            .flatMap(each ->
                java.util.stream.LongStream.range(
                        each.manifest.firstReading(), each.manifest.nextReading())
                    .mapToObj(number -> each.manifest.device() + " " + number))
            .distinct()
            .count();
    return readings() - distinct;
  }

  /** What keeps a device's readings from being all of 1 to {@code next} - 1, each once. */
  Optional<String> disorder(DeviceId device, long next) {
    long expected = 1;
    for (Committed each : of(device)) {
      Manifest manifest = each.manifest;
      if (manifest.firstReading() != expected || manifest.reason().isPresent()) {
        return Optional.of(
            "envelope "
                + manifest.sequence()
                + " begins with reading "
                + manifest.firstReading()
                + ", expected was "
                + expected);
      }
      expected = manifest.nextReading();
    }
    return expected == next
        ? Optional.empty()
        : Optional.of("the log ends before reading " + expected + ", the device before " + next);
  }
}
