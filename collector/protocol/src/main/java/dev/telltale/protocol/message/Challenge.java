package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.cbor.MapReader;
import java.util.List;

/**
 * Payload of COSE_Sign1 {@code challenge}: freshness for any number of envelopes until the next.
 *
 * @param issued rises from challenge to challenge of a device
 * @param note the collector's checkpoint, to be verified like that of a receipt
 * @param from size of the tree at which {@code consistency} starts
 */
public record Challenge(
    int suite,
    DeviceId device,
    Digest nonce,
    long issued,
    Bytes note,
    long from,
    List<Digest> consistency) {
  public static final String KIND = "challenge";

  public Challenge {
    consistency = List.copyOf(consistency);
    Fields.requireSuite(suite);
    Fields.requireNumber(issued, "issued");
    Fields.requireBytes(note, 1, Limits.NOTE, "note");
    Fields.requireNumber(from, "tree size");
    Fields.require(consistency.size() <= Limits.PROOF_HASHES, "consistency path too long");
  }

  public Bytes encode() {
    CborWriter out = new CborWriter().map(8);
    out.uint(1).uint(Fields.VERSION).uint(2).uint(suite).uint(3).bytes(device.value());
    out.uint(4).bytes(nonce.value()).uint(5).uint(issued).uint(6).bytes(note);
    out.uint(7).uint(from).uint(8);
    Fields.path(out, consistency);
    return out.toBytes();
  }

  public static Challenge decode(Bytes payload) throws MalformedException {
    CborReader in = Fields.open(payload, Limits.ANSWER);
    MapReader map = MapReader.open(in);
    Fields.version(map.key(1));
    Challenge challenge =
        new Challenge(
            Fields.suite(map.key(2)),
            Fields.device(map.key(3)),
            Fields.digest(map.key(4)),
            Fields.number(map.key(5)),
            map.key(6).bytes(1, Limits.NOTE),
            Fields.number(map.key(7)),
            Fields.path(map.key(8)));
    map.end();
    in.end();
    return challenge;
  }
}
