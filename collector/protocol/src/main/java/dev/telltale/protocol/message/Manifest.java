package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import java.util.Optional;

/**
 * What one quote binds ({@code spec/envelope.md}): readings, key, order, freshness, loss.
 *
 * @param sequence of envelopes under one AK, from 1
 * @param previous hash of the manifest before it; of the enrolment result for the first
 * @param firstReading number of the first reading; the count may be 0
 * @param reason present exactly when readings before {@code firstReading} are lost
 */
public record Manifest(
    int suite,
    DeviceId device,
    long sequence,
    Digest previous,
    long firstReading,
    int count,
    Roots roots,
    Digest ekey,
    Digest recipientSet,
    Times times,
    BoundChallenge challenge,
    BoundCheckpoint checkpoint,
    BootSeeds boot,
    LogExtent log,
    Optional<Reason> reason) {

  /** Roots of the two trees over the readings, in order. */
  public record Roots(Digest ciphertexts, Digest keys) {}

  /** First and last time of the readings, as the device claims; of the closing when it has none. */
  public record Times(long from, long until) {
    public Times {
      Fields.requireNumber(from, "t-min");
      Fields.requireNumber(until, "t-max");
      Fields.require(from <= until, "t-min behind t-max");
    }
  }

  /** The newest challenge the device has accepted. */
  public record BoundChallenge(Digest nonce, long issued) {
    public BoundChallenge {
      Fields.requireNumber(issued, "issued");
    }
  }

  /** The newest checkpoint the device has verified; origin and note as SHA-256. */
  public record BoundCheckpoint(Digest origin, long size, Digest root, Digest note) {
    public BoundCheckpoint {
      Fields.requireNumber(size, "tree size");
    }
  }

  /** The kernel's boot_id when the manifest was made and when the readings were sealed. */
  public record BootSeeds(Bytes now, Bytes sealed) {
    public static final int LENGTH = 16;

    public BootSeeds {
      Fields.requireBytes(now, LENGTH, LENGTH, "boot seed");
      Fields.requireBytes(sealed, LENGTH, LENGTH, "boot seed");
    }

    /** Whoever held the disk between the two boots could have written the readings. */
    public boolean sealedBeforeThisBoot() {
      return !now.equals(sealed);
    }
  }

  /** The first entries of this boot's measurement log, and their hash. */
  public record LogExtent(long entries, Digest hash) {
    public LogExtent {
      Fields.requireNumber(entries, "log entries");
    }
  }

  public Manifest {
    Fields.requireSuite(suite);
    Fields.requireFromOne(sequence, "envelope sequence");
    Fields.requireFromOne(firstReading, "first reading");
    Fields.require(count >= 0 && count <= Limits.READINGS_PER_ENVELOPE, "reading count " + count);
  }

  /** The number the next manifest's first reading has if nothing is lost. */
  public long nextReading() {
    return firstReading + count;
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(reason.isPresent() ? 16 : 15);
    out.uint(1).uint(Fields.VERSION).uint(2).uint(suite);
    out.uint(3).bytes(device.value()).uint(4).uint(sequence);
    out.uint(5).bytes(previous.value()).uint(6).uint(firstReading).uint(7).uint(count);
    out.uint(8).array(2).bytes(roots.ciphertexts.value()).bytes(roots.keys.value());
    out.uint(9).bytes(ekey.value()).uint(10).bytes(recipientSet.value());
    out.uint(11).array(2).uint(times.from).uint(times.until);
    out.uint(12).array(2).bytes(challenge.nonce.value()).uint(challenge.issued);
    out.uint(13).array(4).bytes(checkpoint.origin.value()).uint(checkpoint.size);
    out.bytes(checkpoint.root.value()).bytes(checkpoint.note.value());
    out.uint(14).array(2).bytes(boot.now).bytes(boot.sealed);
    out.uint(15).array(2).uint(log.entries).bytes(log.hash.value());
    reason.ifPresent(why -> out.uint(16).uint(why.number()));
    return out.toBytes();
  }

  public static Manifest decode(Bytes encoded) throws MalformedException {
    CborReader in = Fields.open(encoded, Limits.MANIFEST);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    Manifest manifest =
        new Manifest(
            Fields.suite(map.key(2)),
            Fields.device(map.key(3)),
            Fields.fromOne(map.key(4)),
            Fields.digest(map.key(5)),
            Fields.fromOne(map.key(6)),
            (int) map.key(7).uint(0, Limits.READINGS_PER_ENVELOPE),
            roots(map.key(8)),
            Fields.digest(map.key(9)),
            Fields.digest(map.key(10)),
            times(map.key(11)),
            challenge(map.key(12)),
            checkpoint(map.key(13)),
            boot(map.key(14)),
            log(map.key(15)),
            map.has(16) ? Optional.of(Reason.read(map.key(16))) : Optional.empty());
    map.end();
    in.end();
    return manifest;
  }

  private static Roots roots(CborReader in) throws MalformedException {
    in.array(2, 2);
    return new Roots(Fields.digest(in), Fields.digest(in));
  }

  private static Times times(CborReader in) throws MalformedException {
    in.array(2, 2);
    long from = Fields.number(in);
    int at = in.position();
    long until = Fields.number(in);
    if (from > until) {
      throw new MalformedException(Check.FORM_ORDER, at, "t-max before t-min");
    }
    return new Times(from, until);
  }

  private static BoundChallenge challenge(CborReader in) throws MalformedException {
    in.array(2, 2);
    return new BoundChallenge(Fields.digest(in), Fields.number(in));
  }

  private static BoundCheckpoint checkpoint(CborReader in) throws MalformedException {
    in.array(4, 4);
    return new BoundCheckpoint(
        Fields.digest(in), Fields.number(in), Fields.digest(in), Fields.digest(in));
  }

  private static BootSeeds boot(CborReader in) throws MalformedException {
    in.array(2, 2);
    return new BootSeeds(in.bytes(BootSeeds.LENGTH), in.bytes(BootSeeds.LENGTH));
  }

  private static LogExtent log(CborReader in) throws MalformedException {
    in.array(2, 2);
    return new LogExtent(Fields.number(in), Fields.digest(in));
  }
}
