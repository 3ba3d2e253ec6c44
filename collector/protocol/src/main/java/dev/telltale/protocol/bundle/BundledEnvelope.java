package dev.telltale.protocol.bundle;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tpm.PcrValues;

/**
 * The envelope without its readings, in its place in the log.
 *
 * @param verdict as committed, encoded
 */
public record BundledEnvelope(
    Bytes manifest, Bytes attest, Bytes signature, PcrValues values, Bytes verdict, Place place) {
  void write(CborWriter out) {
    out.array(8).bytes(manifest).bytes(attest).bytes(signature).encoded(values.encode());
    place.writeIndexAndPath(out.bytes(place.salt()).bytes(verdict));
  }

  static BundledEnvelope read(CborReader in) throws MalformedException {
    in.array(8, 8);
    Bytes manifest = in.bytes(1, Limits.MANIFEST);
    Bytes attest = in.bytes(1, Limits.ATTEST);
    Bytes signature = in.bytes(Limits.SIGNATURE);
    PcrValues values = PcrValues.read(in);
    Bytes salt = in.bytes(Leaf.SALT_LENGTH);
    Bytes verdict = in.bytes(1, Limits.VERDICT);
    return new BundledEnvelope(manifest, attest, signature, values, verdict, Place.read(in, salt));
  }
}
