package dev.telltale.protocol.tpm;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;

/**
 * Reads the canonical big-endian form of TPM structures (TPM 2.0 Part 1, Annex on marshalling). A
 * length is checked against its bound and what is left before anything is copied.
 */
final class TpmReader {
  private final Bytes input;
  private final Check check;
  private int position;

  TpmReader(Bytes input, int most, Check check) throws MalformedException {
    this.input = input;
    this.check = check;
    if (input.length() > most) {
      throw malformed(input.length() + " bytes, at most " + most + " are allowed");
    }
  }

  int u8() throws MalformedException {
    return (int) number(1);
  }

  int u16() throws MalformedException {
    return (int) number(2);
  }

  long u32() throws MalformedException {
    return number(4);
  }

  /** All 64 bits: a value of 2^63 or more comes out negative. */
  long u64() throws MalformedException {
    return number(8);
  }

  /** A TPM2B: u16 length, then the bytes. */
  Bytes sized(int least, int most) throws MalformedException {
    int length = u16();
    if (length < least || length > most) {
      throw malformed("a field of " + length + " bytes, allowed are " + least + ".." + most);
    }
    if (length > input.length() - position) {
      throw malformed("ends within a field of " + length + " bytes");
    }
    position += length;
    return input.slice(position - length, position);
  }

  void demand(int found, int wanted, String what) throws MalformedException {
    if (found != wanted) {
      throw malformed("%s is 0x%04x, not 0x%04x".formatted(what, found, wanted));
    }
  }

  void end() throws MalformedException {
    if (position != input.length()) {
      throw malformed((input.length() - position) + " bytes after the end");
    }
  }

  MalformedException malformed(String detail) {
    return malformed(check, detail);
  }

  MalformedException malformed(Check other, String detail) {
    return new MalformedException(other, position, detail);
  }

  private long number(int width) throws MalformedException {
    if (input.length() - position < width) {
      throw malformed("ends within a number");
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = (value << 8) | (input.at(position++) & 0xFF);
    }
    return value;
  }
}
