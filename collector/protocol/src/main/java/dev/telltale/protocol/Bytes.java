package dev.telltale.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string. It compares by content, in constant time for equal lengths is not
 * promised: secrets and MACs go through {@link #sameSecret}.
 */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies the array. */
  public static Bytes of(byte[] source) {
    return source.length == 0 ? EMPTY : new Bytes(source.clone());
  }

  public static Bytes of(byte[] source, int from, int to) {
    return new Bytes(Arrays.copyOfRange(source, from, to));
  }

  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Bytes hex(String digits) {
    return new Bytes(HexFormat.of().parseHex(digits));
  }

  public static Bytes u64(long value) {
    return new Bytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  public static Bytes concat(Bytes... parts) {
    int length = 0;
    for (Bytes part : parts) {
      length = Math.addExact(length, part.content.length);
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (Bytes part : parts) {
      joined.put(part.content);
    }
    return new Bytes(joined.array());
  }

  public int length() {
    return content.length;
  }

  public boolean isEmpty() {
    return content.length == 0;
  }

  public byte at(int index) {
    return content[index];
  }

  public Bytes slice(int from, int to) {
    if (from < 0 || to < from || to > content.length) {
      throw new IndexOutOfBoundsException(from + ".." + to + " of " + content.length);
    }
    return of(content, from, to);
  }

  /** A copy: the caller may change it. */
  public byte[] toArray() {
    return content.clone();
  }

  /** A read-only view without a copy. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  public String toHex() {
    return HexFormat.of().formatHex(content);
  }

  /** Compares in time that depends on the lengths only. */
  public boolean sameSecret(Bytes other) {
    return java.security.MessageDigest.isEqual(content, other.content);
  }

  /** Bytewise, unsigned, a prefix first: the order of deterministic CBOR keys. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Hexadecimal, shortened: for messages to people, never for a secret. */
  @Override
  public String toString() {
    String hex = toHex();
    return hex.length() <= 64 ? hex : hex.substring(0, 64) + "…(" + content.length + " bytes)";
  }
}
