package dev.telltale.agent.enrolment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.receipt.HeldCheckpoint;
import dev.telltale.agent.receipt.TestLog;
import dev.telltale.platform.mqtt.ThrowAwayCa;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.EnrolmentFacts;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Result;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultVerifierTest {
  private Desk desk;
  private HeldCheckpoint start;

  @BeforeEach
  void open() throws Exception {
    desk = new Desk();
    start = desk.log.checkpoint();
  }

  private ResultVerifier.Verified verify(Bytes message, Sent sent) throws Exception {
    Answer.Completed completed = desk.open(message);
    return new ResultVerifier(Providers.jdk(), TestLog.SUITE, desk.openTicket(), desk.log.keys())
        .verify(completed, message, sent, start);
  }

  private void assertRefused(String check, Bytes message, Sent sent) {
    EnrolmentException refusal =
        assertThrows(EnrolmentException.class, () -> verify(message, sent));
    String text = String.valueOf(refusal.getMessage());
    assertTrue(text.startsWith(check + ": "), text);
    assertEquals(1, text.lines().count());
  }

  private Bytes enrolled(Result result) throws Exception {
    return desk.enrolled(result, desk.facts(Grade.SIMULATION), Desk.DEVICE);
  }

  @Test
  void aResultInWhichEverythingFitsIsBelieved() throws Exception {
    Result result = desk.result();
    ResultVerifier.Verified verified = verify(enrolled(result), desk.sent);
    assertEquals(Grade.SIMULATION, verified.grade());
    assertEquals(start.size(), verified.leaf());
    assertEquals(Desk.NEXT_READING, verified.beginning().nextReading());
    assertEquals(desk.log.checkpoint(), verified.beginning().checkpoint());
    assertEquals(TestLog.NOON, verified.beginning().challenge().issued());
    assertEquals(TestLog.SUITE.hash(result.encode()), verified.beginning().result());
  }

  @Test
  void aResultAboutOtherMessagesIsRefused() throws Exception {
    Sent ours = desk.sent;
    Bytes message = enrolled(desk.result());
    List<Sent> others =
        List.of(
            new Sent(
                Desk.fill(9, 16),
                ours.hello(),
                ours.activate(),
                ours.proof(),
                ours.attestationKey(),
                ours.tls()),
            new Sent(
                ours.correlation(),
                Desk.digest(9),
                ours.activate(),
                ours.proof(),
                ours.attestationKey(),
                ours.tls()),
            new Sent(
                ours.correlation(),
                ours.hello(),
                Desk.digest(9),
                ours.proof(),
                ours.attestationKey(),
                ours.tls()),
            new Sent(
                ours.correlation(),
                ours.hello(),
                ours.activate(),
                Desk.digest(9),
                ours.attestationKey(),
                ours.tls()));
    for (Sent other : others) {
      assertRefused("enrol.binding", message, other);
    }
  }

  @Test
  void theCertificateIsForOurKeyAndOurIdByTheTicketsAuthority() throws Exception {
    PublicKey own = desk.tls.publicKey().key(Providers.jdk());
    PublicKey other =
        P256Key.generate(Providers.jdk(), new SecureRandom()).publicKey().key(Providers.jdk());
    ThrowAwayCa stranger = new ThrowAwayCa("Telltale test");
    List<Bytes> wrong =
        List.of(
            der(desk.ca, Desk.DEVICE.toString(), other),
            der(desk.ca, Desk.TICKET.toString(), own),
            der(stranger, Desk.DEVICE.toString(), own));
    for (Bytes certificate : wrong) {
      assertRefused("enrol.certificate", enrolled(with(certificate)), desk.sent);
    }
  }

  private static Bytes der(ThrowAwayCa ca, String name, PublicKey key)
      throws GeneralSecurityException {
    return Bytes.of(ca.issue(name, key).getEncoded());
  }

  private Result with(Bytes certificate) throws GeneralSecurityException {
    Result honest = desk.result();
    return new Result(
        1,
        honest.correlation(),
        honest.hello(),
        honest.activate(),
        honest.proof(),
        honest.device(),
        certificate,
        honest.chain(),
        honest.nextReading(),
        honest.closing(),
        honest.name());
  }

  @Test
  void whatTheLogHoldsIsWhatTheMachineWasTold() throws Exception {
    EnrolmentFacts otherStart =
        new EnrolmentFacts(
            Desk.DEVICE,
            desk.sent.attestationKey().publicArea(),
            1,
            Grade.SIMULATION,
            Desk.NEXT_READING + 1,
            Optional.empty());
    EnrolmentFacts otherKey =
        new EnrolmentFacts(
            Desk.DEVICE,
            Desk.attestationKey().publicArea(),
            1,
            Grade.SIMULATION,
            Desk.NEXT_READING,
            Optional.empty());
    for (EnrolmentFacts facts : List.of(otherStart, otherKey, desk.facts(Grade.APPROVED))) {
      start = desk.log.checkpoint();
      assertRefused(
          "receipt.inclusion", desk.enrolled(desk.result(), facts, Desk.DEVICE), desk.sent);
    }
  }

  @Test
  void theFirstChallengeIsForThisDevice() throws Exception {
    Bytes message =
        desk.enrolled(desk.result(), desk.facts(Grade.SIMULATION), new DeviceId(Desk.fill(8, 16)));
    assertRefused("answer.device", message, desk.sent);
  }
}
