package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;

/**
 * The success answer to an enrolment, in one message.
 *
 * @param result COSE_Sign1 {@code result}
 * @param receipt {@link Receipt} of the enrolment leaf
 * @param challenge COSE_Sign1 {@code challenge}, the first
 */
public record Enrolled(Bytes result, Bytes receipt, Bytes challenge) {
  static final int NUMBER = 2;

  public Enrolled {
    Fields.requireBytes(result, 1, Limits.ENROLMENT, "result");
    Fields.requireBytes(receipt, 1, Limits.ANSWER, "receipt");
    Fields.requireBytes(challenge, 1, Limits.ANSWER, "challenge");
  }

  public Bytes encode() {
    return new CborWriter()
        .array(4)
        .uint(NUMBER)
        .bytes(result)
        .bytes(receipt)
        .bytes(challenge)
        .toBytes();
  }

  public static Enrolled decode(Bytes encoded) throws MalformedException {
    CborReader in = Fields.open(encoded, Limits.MESSAGE);
    in.array(4, 4);
    Fields.kind(in, NUMBER);
    Enrolled enrolled =
        new Enrolled(
            in.bytes(1, Limits.ENROLMENT), in.bytes(1, Limits.ANSWER), in.bytes(1, Limits.ANSWER));
    in.end();
    return enrolled;
  }
}
