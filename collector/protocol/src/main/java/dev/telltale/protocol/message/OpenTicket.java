package dev.telltale.protocol.message;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.tlog.Checkpoint;
import dev.telltale.protocol.tlog.SignedNote;
import dev.telltale.protocol.tlog.VerifierKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A ticket whose parts have been verified against each other. That its operator is the right one is
 * for the reader to say: by the way the file came, or by the key pinned before.
 *
 * @param recipientSetPayload what H(recipient set) is of
 * @param noteKeys the log's key, then those of witnesses: whose lines a kept note has, in this
 *     order
 * @param checkpoint signed by the log
 */
public record OpenTicket(
    Ticket ticket,
    Invite invite,
    RecipientSet recipientSet,
    Bytes recipientSetPayload,
    P256Key bootstrapKey,
    List<VerifierKey> noteKeys,
    Checkpoint checkpoint) {

  public VerifierKey logKey() {
    return noteKeys.getFirst();
  }

  /** From the COSE_Sign1 of a {@link TicketFile}. */
  public static OpenTicket open(Providers providers, CoseSign1 cose) throws MalformedException {
    if (!cose.kind().equals(Ticket.KIND)) {
      throw new MalformedException(Check.COSE_TYP, 0, cose.kind() + " in place of a ticket");
    }
    Ticket ticket = Ticket.decode(cose.payload());
    if (!cose.kid().equals(ticket.operatorKey().kid())
        || !cose.verifiedBy(providers, ticket.operatorKey())) {
      throw new MalformedException(Check.TICKET_SIGNATURE, 0, "signed by " + cose.kid());
    }
    Bytes recipients =
        CoseSign1.open(providers, ticket.recipientSet(), RecipientSet.KIND, ticket.ownerKey());
    List<VerifierKey> noteKeys = noteKeys(ticket);
    P256Key bootstrap = P256Key.parse(providers, ticket.bootstrap().privateKey());
    return new OpenTicket(
        ticket,
        invite(providers, ticket, bootstrap),
        recipientSet(recipients, ticket),
        recipients,
        bootstrap,
        noteKeys,
        SignedNote.parse(ticket.note())
            .checkpoint(noteKeys.getFirst(), noteKeys.subList(1, noteKeys.size())));
  }

  private static List<VerifierKey> noteKeys(Ticket ticket) throws MalformedException {
    List<VerifierKey> keys = new ArrayList<>();
    keys.add(VerifierKey.parse(ticket.logKey()));
    for (String witness : ticket.noteKeys()) {
      keys.add(VerifierKey.parse(witness));
    }
    return List.copyOf(keys);
  }

  private static Invite invite(Providers providers, Ticket ticket, P256Key bootstrap)
      throws MalformedException {
    Invite invite =
        Invite.decode(
            CoseSign1.open(providers, ticket.invite(), Invite.KIND, ticket.operatorKey()));
    if (!invite.ticket().equals(ticket.id())
        || invite.suite() != ticket.suite()
        || !invite.bootstrap().equals(bootstrap.publicKey())) {
      throw new MalformedException(Check.ENROL_BINDING, 0, "the invite is of another ticket");
    }
    return invite;
  }

  private static RecipientSet recipientSet(Bytes payload, Ticket ticket) throws MalformedException {
    RecipientSet set = RecipientSet.decode(payload);
    if (set.suite() != ticket.suite()) {
      throw new MalformedException(Check.FORM_SUITE, 0, "recipient set of another suite");
    }
    return set;
  }
}
