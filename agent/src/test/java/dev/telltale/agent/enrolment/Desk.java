package dev.telltale.agent.enrolment;

import dev.telltale.agent.receipt.TestLog;
import dev.telltale.agent.tpm.AttestationKey;
import dev.telltale.platform.mqtt.ThrowAwayCa;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.Challenge;
import dev.telltale.protocol.message.Enrolled;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Invite;
import dev.telltale.protocol.message.OpenTicket;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.RecipientSet;
import dev.telltale.protocol.message.Result;
import dev.telltale.protocol.message.Ticket;
import dev.telltale.protocol.message.TicketFile;
import dev.telltale.protocol.tlog.Leaf;
import dev.telltale.protocol.tpm.KeyTemplates;
import dev.telltale.protocol.tpm.TpmtPublic;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A collector's enrolment desk with its ticket, and a machine that has sent everything. */
final class Desk {
  static final DeviceId DEVICE = new DeviceId(fill(6, 16));
  static final DeviceId TICKET = new DeviceId(fill(5, 16));
  static final long NEXT_READING = 7;

  final ThrowAwayCa ca;
  final TestLog log = new TestLog();
  final P256Key message = key();
  final P256Key tls = key();
  final Sent sent;
  private final P256Key operator = key();

  Desk() throws GeneralSecurityException, MalformedException {
    ca = new ThrowAwayCa("Telltale test");
    sent =
        new Sent(fill(1, 16), digest(2), digest(3), digest(4), attestationKey(), tls.publicKey());
  }

  private static P256Key key() {
    return P256Key.generate(Providers.jdk(), new SecureRandom());
  }

  static Bytes fill(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  static Digest digest(int value) {
    return new Digest(fill(value, 32));
  }

  static AttestationKey attestationKey() throws MalformedException {
    PublicPoint point = key().publicKey();
    return new AttestationKey(
        0x8101_7E00,
        TpmtPublic.parse(KeyTemplates.attestationKey(Bytes.concat(point.x(), point.y()))));
  }

  /** The file of a ticket that ends at this time. */
  TicketFile ticket(long expiry) throws GeneralSecurityException {
    P256Key bootstrap = key();
    Invite invite =
        new Invite(
            1,
            TICKET,
            expiry,
            1,
            "north",
            List.of(Grade.MANUFACTURER, Grade.SIMULATION),
            bootstrap.publicKey());
    RecipientSet recipients = new RecipientSet(1, 1, List.of(key().publicKey()));
    Bytes certificate = Bytes.of(ca.issue(TICKET.toString()).certificate().getEncoded());
    Ticket ticket =
        new Ticket(
            1,
            TICKET,
            CoseSign1.sign(operator, Invite.KIND, invite.encode()).encoded(),
            "mqtts://localhost:8883",
            Bytes.of(ca.certificate().getEncoded()),
            message.publicKey(),
            operator.publicKey(),
            CoseSign1.sign(operator, RecipientSet.KIND, recipients.encode()).encoded(),
            log.keys().log().text(),
            log.note(),
            new Ticket.Bootstrap(certificate, bootstrap.pkcs8()),
            operator.publicKey(),
            List.of());
    return TicketFile.of(invite, CoseSign1.sign(operator, Ticket.KIND, ticket.encode()));
  }

  OpenTicket openTicket() throws GeneralSecurityException, MalformedException {
    return OpenTicket.open(Providers.jdk(), ticket(TestLog.NOON).signed());
  }

  /** The certificate of the device. */
  Bytes certificate() throws GeneralSecurityException {
    return Bytes.of(ca.issue(DEVICE.toString(), tls.publicKey().key(Providers.jdk())).getEncoded());
  }

  Result result() throws GeneralSecurityException {
    return new Result(
        1,
        sent.correlation(),
        sent.hello(),
        sent.activate(),
        sent.proof(),
        DEVICE,
        certificate(),
        List.of(Bytes.of(ca.certificate().getEncoded())),
        NEXT_READING,
        Optional.empty(),
        "meter-17");
  }

  /** What the log commits of this machine. */
  EnrolmentFacts facts(Grade grade) {
    return new EnrolmentFacts(
        DEVICE, sent.attestationKey().publicArea(), 1, grade, NEXT_READING, Optional.empty());
  }

  /** The answer to the proof, in a log in which the facts are committed. */
  Bytes enrolled(Result result, EnrolmentFacts facts, DeviceId challenged)
      throws MalformedException {
    var from = log.checkpoint();
    Bytes messages = Preimages.enrolmentMessages(sent.hello(), sent.activate(), sent.proof());
    Leaf leaf =
        Leaf.enrolment(
            TestLog.SALT, TestLog.SUITE.hash(facts.encode()), TestLog.SUITE.hash(messages));
    Bytes receipt = log.receipt(0, log.append(leaf), Bytes.EMPTY, from).encode();
    Bytes challenge = log.challenge(challenged, TestLog.NOON, log.checkpoint());
    Bytes resigned =
        CoseSign1.sign(message, Challenge.KIND, CoseSign1.decode(challenge).payload()).encoded();
    Bytes signed = CoseSign1.sign(message, Result.KIND, result.encode()).encoded();
    return new Enrolled(signed, receipt, resigned).encode();
  }

  Answer.Completed open(Bytes enrolled) throws MalformedException {
    return (Answer.Completed) Answer.open(Providers.jdk(), enrolled, message.publicKey());
  }
}
