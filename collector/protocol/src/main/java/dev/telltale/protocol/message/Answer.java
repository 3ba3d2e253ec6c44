package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.cbor.CborReader;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;

/**
 * What the collector sends on a device's answer topic. Signatures of the message key have been
 * verified; receipts carry none and are for the receiver to check, like every checkpoint note, and
 * so is the device an answer names.
 */
public sealed interface Answer {
  /** An envelope is in the log. */
  record Committed(Receipt receipt) implements Answer {}

  /** A message is refused. */
  record Refused(Refusal refusal, CoseSign1 signed) implements Answer {}

  /** A new challenge. */
  record Challenged(Challenge challenge, CoseSign1 signed) implements Answer {}

  /** The second message of an enrolment; its payload is hashed as it stands in {@code signed}. */
  record Activating(Activate activate, CoseSign1 signed) implements Answer {}

  /**
   * The end of an enrolment. The first manifest names the hash of the payload of {@code signed}.
   */
  record Completed(Result result, CoseSign1 signed, Receipt receipt, Challenge challenge)
      implements Answer {}

  /** Decodes a message of any kind and checks the signatures of the message key in it. */
  static Answer open(Providers providers, Bytes message, PublicPoint messageKey)
      throws MalformedException {
    CborReader in = Fields.open(message, Limits.MESSAGE);
    if (in.peek() == CborReader.Kind.TAG) {
      return signed(verified(providers, message, messageKey));
    }
    int at = in.position();
    in.array(0, Limits.ELEMENTS);
    long kind = in.uint();
    return switch ((int) Math.min(kind, Integer.MAX_VALUE)) {
      case Receipt.NUMBER -> new Committed(Receipt.decode(message));
      case Enrolled.NUMBER -> completed(providers, Enrolled.decode(message), messageKey);
      default -> throw new MalformedException(Check.FORM_KIND, at, "answer of kind " + kind);
    };
  }

  private static Answer signed(CoseSign1 signed) throws MalformedException {
    return switch (signed.kind()) {
      case Refusal.KIND -> new Refused(Refusal.decode(signed.payload()), signed);
      case Challenge.KIND -> new Challenged(Challenge.decode(signed.payload()), signed);
      case Activate.KIND -> new Activating(Activate.decode(signed.payload()), signed);
      default -> throw new MalformedException(Check.COSE_TYP, 0, "answer of kind " + signed.kind());
    };
  }

  private static Answer completed(Providers providers, Enrolled parts, PublicPoint messageKey)
      throws MalformedException {
    CoseSign1 result = verified(providers, parts.result(), messageKey);
    if (!result.kind().equals(Result.KIND)) {
      throw new MalformedException(Check.COSE_TYP, 0, result.kind() + " in place of a result");
    }
    Bytes challenge = CoseSign1.open(providers, parts.challenge(), Challenge.KIND, messageKey);
    return new Completed(
        Result.decode(result.payload()),
        result,
        Receipt.decode(parts.receipt()),
        Challenge.decode(challenge));
  }

  private static CoseSign1 verified(Providers providers, Bytes message, PublicPoint key)
      throws MalformedException {
    CoseSign1 signed = CoseSign1.decode(message);
    if (!signed.kid().equals(key.kid())) {
      throw new MalformedException(Check.COSE_KID, 0, "signed by " + signed.kid());
    }
    if (!signed.verifiedBy(providers, key)) {
      throw new MalformedException(Check.COSE_SIGNATURE, 0, "signature of the " + signed.kind());
    }
    return signed;
  }
}
