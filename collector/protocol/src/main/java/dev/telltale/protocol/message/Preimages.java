package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.Label;
import dev.telltale.protocol.cbor.CborWriter;
import java.util.List;

/**
 * What is hashed, or authenticated with HMAC, with its label in front: built in one place for the
 * side that makes it and the side that checks it.
 */
public final class Preimages {
  private Preimages() {}

  /** Its suite hash is the qualifying data of the quote over a manifest. */
  public static Bytes envelopeQuote(Bytes manifest) {
    return Bytes.concat(Label.ENVELOPE.bytes(), manifest);
  }

  /** Its suite hash is the qualifying data of the quote in {@link Proof}. */
  public static Bytes enrolmentQuote(
      Digest hello, Digest activate, List<Digest> nonces, Bytes bootSeed) {
    CborWriter out = new CborWriter().array(4).bytes(hello.value()).bytes(activate.value());
    Fields.path(out, nonces);
    return Bytes.concat(Label.ENROL.bytes(), out.bytes(bootSeed).toBytes());
  }

  /** Its HMAC under the activation secret is the answer to one challenger. */
  public static Bytes activation(Digest hello, Digest activate) {
    return Bytes.concat(Label.ACTIVATION.bytes(), hello.value(), activate.value());
  }

  /** Its HMAC under the challenge key is the nonce of a {@link Challenge}. */
  public static Bytes challenge(DeviceId device, long issued) {
    return Bytes.concat(Label.CHALLENGE.bytes(), device.value(), Bytes.u64(issued));
  }

  /** Its hash is the second one in the leaf of an enrolment; the first is of the facts. */
  public static Bytes enrolmentMessages(Digest hello, Digest activate, Digest proof) {
    return new CborWriter()
        .array(3)
        .bytes(hello.value())
        .bytes(activate.value())
        .bytes(proof.value())
        .toBytes();
  }
}
