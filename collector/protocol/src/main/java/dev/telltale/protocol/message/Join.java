package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.crypto.CoseSign1;

/** What a device sends on the topic {@code join}. The form has been checked and nothing else. */
public sealed interface Join {
  /** Not verified: the bootstrap key is found by the ticket that the hello names. */
  record Opening(Hello hello, CoseSign1 signed) implements Join {}

  /** Hashed as the whole message. */
  record Proving(Proof proof, Bytes message) implements Join {}

  static Join decode(Bytes message) throws MalformedException {
    CborReader in = Fields.open(message, Limits.MESSAGE);
    if (in.peek() != CborReader.Kind.TAG) {
      return new Proving(Proof.decode(message), message);
    }
    CoseSign1 signed = CoseSign1.decode(message);
    if (!signed.kind().equals(Hello.KIND)) {
      throw new MalformedException(Check.COSE_TYP, 0, signed.kind() + " in place of a hello");
    }
    return new Opening(Hello.decode(signed.payload()), signed);
  }
}
