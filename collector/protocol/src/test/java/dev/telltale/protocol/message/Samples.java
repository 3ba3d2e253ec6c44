package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Code;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One of each record, the same in every run. Hashes and blobs are one byte repeated. */
public final class Samples {
  public static final DeviceId DEVICE = new DeviceId(Bytes.hex("000102030405060708090a0b0c0d0e0f"));
  public static final long NOON = 1_795_521_600_000L;

  private Samples() {}

  public static Bytes fill(int value, int length) {
    byte[] filled = new byte[length];
    Arrays.fill(filled, (byte) value);
    return Bytes.of(filled);
  }

  public static Digest digest(int value) {
    return new Digest(fill(value, Digest.LENGTH));
  }

  public static Manifest manifest(Optional<Reason> reason) {
    return new Manifest(
        1,
        DEVICE,
        7,
        digest(0x05),
        57_214,
        2,
        new Manifest.Roots(digest(0x08), digest(0x18)),
        digest(0x09),
        digest(0x0a),
        new Manifest.Times(NOON - 10_000, NOON),
        new Manifest.BoundChallenge(digest(0x0c), NOON - 60_000),
        new Manifest.BoundCheckpoint(digest(0x0d), 81_203, digest(0x1d), digest(0x2d)),
        new Manifest.BootSeeds(fill(0x0e, 16), fill(0x0e, 16)),
        new Manifest.LogExtent(6, digest(0x0f)),
        reason);
  }

  public static Verdict verdict() {
    return new Verdict(
        Tier.WARNING, Coverage.AGENT_ONLY, 1, 12, 81_190, NOON + 250, List.of("late"));
  }

  public static Receipt receipt() {
    return new Receipt(
        7,
        fill(0x5a, 32),
        verdict().encode(),
        81_203,
        List.of(digest(0x11), digest(0x12)),
        Bytes.utf8("note"),
        81_190,
        List.of(digest(0x13)));
  }

  public static Refusal refusal() {
    return new Refusal(
        1,
        DEVICE,
        7,
        digest(0x05),
        Code.HOLD,
        "reference.values",
        "PCR values are in no active reference set",
        Duration.ofMinutes(1),
        Optional.empty());
  }

  public static Refusal rewind(Refusal.Position position) {
    return new Refusal(
        1,
        DEVICE,
        9,
        digest(0x05),
        Code.REWIND,
        "order.sequence",
        "envelope sequence is not the next one",
        Duration.ZERO,
        Optional.of(position));
  }

  public static Challenge challenge() {
    return new Challenge(
        1, DEVICE, digest(0x0c), NOON, Bytes.utf8("note"), 81_190, List.of(digest(0x13)));
  }

  public static EKey ekey() {
    return new EKey(
        List.of(
            new EKey.Wrapped(digest(0x21), fill(0x31, 113)),
            new EKey.Wrapped(digest(0x22), fill(0x32, 113))));
  }

  public static DeviceStatus status() {
    return new DeviceStatus(true, 81_203, digest(0x1d));
  }

  public static Enrolled enrolled() {
    return new Enrolled(Bytes.utf8("result"), Bytes.utf8("receipt"), Bytes.utf8("challenge"));
  }
}
