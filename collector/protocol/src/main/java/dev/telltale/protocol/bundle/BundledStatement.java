package dev.telltale.protocol.bundle;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;

/**
 * A statement of the operator, in its place in the log.
 *
 * @param signed COSE_Sign1; opened by {@code Statement.open}
 */
public record BundledStatement(Bytes signed, Place place) {
  void write(CborWriter out) {
    place.writeIndexAndPath(out.array(4).bytes(signed).bytes(place.salt()));
  }

  static BundledStatement read(CborReader in) throws MalformedException {
    in.array(4, 4);
    return new BundledStatement(in.bytes(1, Limits.STATEMENT), Place.read(in));
  }
}
