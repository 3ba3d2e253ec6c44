package dev.telltale.protocol;

/** A 32-byte hash: SHA-256, or SM3 where the suite says so. */
public record Digest(Bytes value) implements Comparable<Digest> {
  public static final int LENGTH = 32;

  public Digest {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException("a digest has 32 bytes, not " + value.length());
    }
  }

  public static Digest of(byte[] value) {
    return new Digest(Bytes.of(value));
  }

  public static Digest hex(String digits) {
    return new Digest(Bytes.hex(digits));
  }

  @Override
  public int compareTo(Digest other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toHex();
  }
}
