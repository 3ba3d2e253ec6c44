package dev.telltale.collector.enrolment;

import dev.telltale.collector.enrolment.Session.Candidate;
import dev.telltale.collector.fleet.Fleet;
import dev.telltale.collector.fleet.Invitation;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Hello;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.tpm.TpmtPublic;
import dev.telltale.verifier.enrolment.AkChecks;
import dev.telltale.verifier.enrolment.EkChain;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Whether a hello may go on: its ticket, its endorsement key, its attestation key. */
final class Greeter {
  private final Fleet fleet;
  private final Providers providers;
  private final EkChain chain;

  Greeter(Fleet fleet, Providers providers, EkChain chain) {
    this.fleet = fleet;
    this.providers = providers;
    this.chain = chain;
  }

  Invite invitedBy(DeviceId ticket, Hello hello, CoseSign1 signed, Instant now)
      throws MalformedException {
    if (!hello.ticket().equals(ticket)) {
      throw refused(Check.TICKET_UNKNOWN, "hello names another ticket than its topic");
    }
    Optional<Invitation> invitation = fleet.invitation(ticket);
    if (invitation.isEmpty()) {
      throw refused(Check.TICKET_UNKNOWN, "ticket " + ticket);
    }
    Invite invite = invitation.get().invite();
    if (!signed.kid().equals(invite.bootstrap().kid())
        || !signed.verifiedBy(providers, invite.bootstrap())) {
      throw refused(Check.ENROL_HELLO_SIGNATURE, "not signed by the key of ticket " + ticket);
    }
    if (now.toEpochMilli() > invite.expiry()) {
      throw refused(Check.TICKET_EXPIRED, "valid until " + Instant.ofEpochMilli(invite.expiry()));
    }
    if (!hello.suites().contains(invite.suite())) {
      throw refused(Check.ENROL_SUITE, "the ticket is for suite " + invite.suite());
    }
    Bytes ek = TpmtPublic.parse(hello.ek().publicArea()).name();
    if (!invitation.get().admits(ek, Set.of())) {
      throw refused(Check.TICKET_USED, invite.uses() + " machines have used it");
    }
    return invite;
  }

  Candidate examine(Hello hello, Invite invite, Instant now) throws MalformedException {
    Grade grade = chain.grade(hello.ek(), now);
    if (!invite.grades().contains(grade)) {
      throw refused(Check.ENROL_GRADE, "grade " + grade.text());
    }
    Bytes ek = TpmtPublic.parse(hello.ek().publicArea()).name();
    return new Candidate(
        grade, ek, AkChecks.check(hello.ak()), PublicPoint.parseSpki(hello.tlsKey()));
  }

  private static MalformedException refused(Check check, String detail) {
    return new MalformedException(check, 0, detail);
  }
}
