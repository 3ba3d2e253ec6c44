package dev.telltale.protocol.bundle;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;

/**
 * The enrolment of the device's AK, in its place in the log.
 *
 * @param hello COSE_Sign1
 * @param activate COSE_Sign1
 * @param proof the whole message
 * @param facts encoded {@code EnrolmentFacts}
 * @param result COSE_Sign1
 */
public record BundledEnrolment(
    Bytes hello, Bytes activate, Bytes proof, Bytes facts, Place place, Bytes result) {
  void write(CborWriter out) {
    out.array(8).bytes(hello).bytes(activate).bytes(proof).bytes(facts).bytes(place.salt());
    place.writeIndexAndPath(out);
    out.bytes(result);
  }

  static BundledEnrolment read(CborReader in) throws MalformedException {
    in.array(8, 8);
    return new BundledEnrolment(
        in.bytes(1, Limits.ENROLMENT),
        in.bytes(1, Limits.ENROLMENT),
        in.bytes(1, Limits.MESSAGE),
        in.bytes(1, Limits.ENROLMENT),
        Place.read(in),
        in.bytes(1, Limits.ENROLMENT));
  }
}
