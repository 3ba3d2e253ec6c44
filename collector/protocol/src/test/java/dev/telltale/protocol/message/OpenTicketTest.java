package dev.telltale.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.tlog.Ed25519NoteSigner;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenTicketTest {
  private static final P256Key OPERATOR = Samples.key(1);
  private static final P256Key OTHER = Samples.key(2);

  @Test
  void opensFromItsFile() throws MalformedException {
    TicketFile file = TicketFile.decode(Samples.ticketFile().encode());

    OpenTicket open = OpenTicket.open(Providers.jdk(), file.signed());

    assertEquals(Samples.ticket().broker(), open.ticket().broker());
    assertEquals(Samples.ticket().bootstrap(), open.ticket().bootstrap());
    assertEquals(40, open.invite().uses());
    assertEquals(Samples.recipientSet(), open.recipientSet());
    assertEquals(OTHER.publicKey(), open.bootstrapKey().publicKey());
    assertEquals(Samples.noteSigner().key(), open.logKey());
    assertEquals("witness.example.org", open.noteKeys().get(1).name());
    assertEquals(4, open.checkpoint().size());
  }

  @Test
  void signedByAnotherKeyThanTheOneInItIsRefused() {
    assertEquals(Check.TICKET_SIGNATURE, refusal(sign(OTHER, Samples.ticket())));
  }

  @Test
  void changedAfterSigningIsRefused() {
    byte[] signed = sign(OPERATOR, Samples.ticket()).toArray();
    signed[signed.length - 1] ^= 1;

    assertEquals(Check.TICKET_SIGNATURE, refusal(Bytes.of(signed)));
  }

  @Test
  void anotherKindOfMessageIsRefused() {
    Bytes signed = CoseSign1.sign(OPERATOR, "invite", Samples.ticket().encode()).encoded();

    assertEquals(Check.COSE_TYP, refusal(signed));
  }

  @Test
  void theInviteOfAnotherTicketIsRefused() {
    Invite invite =
        new Invite(
            1,
            new DeviceId(Samples.fill(9, 16)),
            Samples.NOON,
            1,
            "north",
            List.of(Grade.LISTED),
            OTHER.publicKey());

    assertEquals(Check.ENROL_BINDING, refusal(sign(OPERATOR, with(invite, OPERATOR))));
  }

  @Test
  void anInviteForAnotherBootstrapKeyIsRefused() {
    assertEquals(Check.ENROL_BINDING, refusal(sign(OPERATOR, with(Samples.invite(), OPERATOR))));
  }

  @Test
  void anInviteOfAnotherOperatorIsRefused() {
    assertEquals(Check.COSE_KID, refusal(sign(OPERATOR, with(Samples.invite(), OTHER))));
  }

  @Test
  void theBootstrapKeyIsNotShown() {
    assertFalse(Samples.ticket().toString().contains(OTHER.pkcs8().toHex().substring(0, 32)));
  }

  @Test
  void aCheckpointTheLogHasNotSignedIsRefused() {
    Ticket ticket = Samples.ticket();
    String other = Ed25519NoteSigner.fromSeed("north", Samples.fill(9, 32).toArray()).key().text();

    assertEquals(
        Check.NOTE_SIGNATURE,
        refusal(sign(OPERATOR, with(ticket.invite(), other, ticket.noteKeys()))));
    assertEquals(
        Check.NOTE_KEY,
        refusal(sign(OPERATOR, with(ticket.invite(), ticket.logKey(), List.of("witness")))));
  }

  private static Ticket with(Invite invite, P256Key signer) {
    Bytes signed = CoseSign1.sign(signer, Invite.KIND, invite.encode()).encoded();
    return with(signed, Samples.ticket().logKey(), Samples.ticket().noteKeys());
  }

  private static Ticket with(Bytes invite, String logKey, List<String> noteKeys) {
    Ticket ticket = Samples.ticket();
    return new Ticket(
        ticket.suite(),
        ticket.id(),
        invite,
        ticket.broker(),
        ticket.brokerCa(),
        ticket.messageKey(),
        ticket.ownerKey(),
        ticket.recipientSet(),
        logKey,
        ticket.note(),
        ticket.bootstrap(),
        ticket.operatorKey(),
        noteKeys);
  }

  private static Bytes sign(P256Key key, Ticket ticket) {
    return CoseSign1.sign(key, Ticket.KIND, ticket.encode()).encoded();
  }

  private static Check refusal(Bytes signed) {
    return assertThrows(
            MalformedException.class,
            () -> OpenTicket.open(Providers.jdk(), CoseSign1.decode(signed)))
        .check();
  }
}
