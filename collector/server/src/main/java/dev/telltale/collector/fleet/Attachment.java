package dev.telltale.collector.fleet;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.cbor.CborWriter;
import dev.telltale.protocol.message.Grade;
import java.security.SecureRandom;

/**
 * The private half of a journal entry: what the leaf commits to ({@code spec/leaf.md}). Readings
 * stay in it as ciphertexts.
 */
public sealed interface Attachment {

  /**
   * A committed envelope.
   *
   * @param verdict as hashed into the leaf
   * @param message as received
   */
  record OfEnvelope(Bytes salt, Bytes verdict, Bytes message) implements Attachment {
    private static final int KIND = 1;
  }

  /**
   * An enrolment.
   *
   * @param result COSE_Sign1, so that the answer can be given again
   */
  record OfEnrolment(
      Bytes salt,
      DeviceId ticket,
      Grade grade,
      Bytes hello,
      Bytes activate,
      Bytes proof,
      Bytes result)
      implements Attachment {
    private static final int KIND = 2;
  }

  /** A statement of the operator, COSE_Sign1. */
  record OfStatement(Bytes salt, Bytes statement) implements Attachment {
    private static final int KIND = 3;
  }

  int SALT = 32;

  Bytes salt();

  /** A new salt: without it, a leaf says nothing about what it commits to. */
  static Bytes salt(SecureRandom random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    return Bytes.of(salt);
  }

  default Bytes encode() {
    CborWriter out = new CborWriter();
    switch (this) {
      case OfEnvelope(Bytes salt, Bytes verdict, Bytes message) ->
          out.array(4).uint(OfEnvelope.KIND).bytes(salt).bytes(verdict).bytes(message);
      case OfEnrolment e -> {
        out.array(8).uint(OfEnrolment.KIND).bytes(e.salt).bytes(e.ticket.value());
        out.uint(e.grade.number()).bytes(e.hello).bytes(e.activate).bytes(e.proof);
        out.bytes(e.result);
      }
      case OfStatement(Bytes salt, Bytes statement) ->
          out.array(3).uint(OfStatement.KIND).bytes(salt).bytes(statement);
    }
    return out.toBytes();
  }

  /** Reads what this program wrote; damage is a {@link MalformedException} all the same. */
  static Attachment decode(Bytes encoded) throws MalformedException {
    CborReader in = new CborReader(encoded);
    in.array(3, 8);
    int kind = (int) in.uint(OfEnvelope.KIND, OfStatement.KIND);
    Bytes salt = in.bytes(SALT);
    Attachment attachment =
        switch (kind) {
          case OfEnvelope.KIND -> new OfEnvelope(salt, in.bytes(1, Limits.VERDICT), message(in));
          case OfEnrolment.KIND ->
              new OfEnrolment(
                  salt,
                  new DeviceId(in.bytes(DeviceId.LENGTH)),
                  grade(in.uint()),
                  message(in),
                  message(in),
                  message(in),
                  message(in));
          default -> new OfStatement(salt, message(in));
        };
    if (!in.complete()) {
      throw in.malformed(Check.FORM_TRAILING, "more elements than the attachment has");
    }
    in.end();
    return attachment;
  }

  private static Bytes message(CborReader in) throws MalformedException {
    return in.bytes(1, Limits.MESSAGE);
  }

  private static Grade grade(long number) throws MalformedException {
    for (Grade grade : Grade.values()) {
      if (grade.number() == number) {
        return grade;
      }
    }
    throw new MalformedException(Check.FORM_RANGE, 0, "no grade " + number);
  }
}
