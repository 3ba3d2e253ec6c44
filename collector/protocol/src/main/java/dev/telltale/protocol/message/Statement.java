package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;

/** What an operator signs and the log commits: payload of a COSE_Sign1 by the operator key. */
public sealed interface Statement permits Genesis, Policy, ReferenceStatement, Invite {
  /** The last part of the typ. */
  String kind();

  Bytes encode();

  static Statement decode(String kind, Bytes payload) throws MalformedException {
    return switch (kind) {
      case Genesis.KIND -> Genesis.decode(payload);
      case Policy.KIND -> Policy.decode(payload);
      case ReferenceStatement.KIND -> ReferenceStatement.decode(payload);
      case Invite.KIND -> Invite.decode(payload);
      default -> throw new MalformedException(Check.STATEMENT_KIND, 0, "statement of kind " + kind);
    };
  }

  /** The statement, if the operator key signed it. */
  static Statement open(Providers providers, Bytes signed, PublicPoint operator)
      throws MalformedException {
    if (signed.length() > Limits.STATEMENT) {
      throw new MalformedException(
          Check.FORM_SIZE, Limits.STATEMENT, signed.length() + " bytes of statement");
    }
    CoseSign1 cose = CoseSign1.decode(signed);
    if (!cose.kid().equals(operator.kid()) || !cose.verifiedBy(providers, operator)) {
      throw new MalformedException(
          Check.STATEMENT_SIGNATURE, 0, "a " + cose.kind() + " signed by " + cose.kid());
    }
    return decode(cose.kind(), cose.payload());
  }
}
