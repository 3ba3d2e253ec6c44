package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.MalformedException;

/** A format by its name in the specification: decodes, and encodes again what it found. */
public record Format(String name, Bytes sample, Codec codec) {
  /** Decoding followed by encoding. */
  public interface Codec {
    Bytes again(Bytes encoded) throws MalformedException;
  }

  @Override
  public String toString() {
    return name;
  }
}
