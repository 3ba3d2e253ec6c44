package dev.telltale.agent.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.telltale.agent.outbox.Life;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.message.Challenge;
import java.security.SecureRandom;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChallengeVerifierTest {
  private static final DeviceId OTHER = new DeviceId(Life.fill(8, 16));
  private static final long ISSUED = TestLog.NOON;

  private final TestLog log = new TestLog();
  private final HeldCheckpoint held = log.checkpoint();

  private ChallengeOutcome verify(Bytes encoded, long last) {
    return new ChallengeVerifier(Providers.jdk(), log.messageKey(), log.keys(), 1)
        .verify(encoded, Life.DEVICE, OptionalLong.of(last), held);
  }

  private static void refused(Check check, ChallengeOutcome outcome) {
    assertEquals(check, assertInstanceOf(NotChallenge.class, outcome).check());
  }

  @Test
  void newerChallengeIsVerifiedAndAdvancesTheCheckpoint() {
    log.grow(2);
    Bytes encoded = log.challenge(Life.DEVICE, ISSUED, held);

    VerifiedChallenge verified =
        assertInstanceOf(VerifiedChallenge.class, verify(encoded, ISSUED - 1));
    assertEquals(new Advance(held, log.checkpoint()), verified.advance());
    assertEquals(encoded, verified.challenge().encoded());
    assertEquals(ISSUED, verified.challenge().bound().issued());
  }

  @Test
  void challengeThatIsNotNewerIsRefused() {
    refused(Check.ANSWER_ISSUED, verify(log.challenge(Life.DEVICE, ISSUED, held), ISSUED));
  }

  @Test
  void challengeForAnotherDeviceIsRefused() {
    refused(Check.ANSWER_DEVICE, verify(log.challenge(OTHER, ISSUED, held), ISSUED - 1));
  }

  @Test
  void challengeOfAnotherKeyIsRefused() throws MalformedException {
    Bytes payload = CoseSign1.decode(log.challenge(Life.DEVICE, ISSUED, held)).payload();
    P256Key other = P256Key.generate(Providers.jdk(), new SecureRandom());
    Bytes encoded = CoseSign1.sign(other, Challenge.KIND, payload).encoded();

    refused(Check.COSE_KID, verify(encoded, ISSUED - 1));
  }

  @Test
  void challengeOfAnotherSuiteIsRefused() throws MalformedException {
    Challenge one =
        Challenge.decode(CoseSign1.decode(log.challenge(Life.DEVICE, ISSUED, held)).payload());
    Challenge two =
        new Challenge(
            2, one.device(), one.nonce(), one.issued(), one.note(), one.from(), one.consistency());

    refused(Check.FORM_SUITE, verify(TestLog.sign(two), ISSUED - 1));
  }

  @Test
  void challengeWithAPathFromElsewhereIsRefused() {
    log.grow(1);
    HeldCheckpoint later = log.checkpoint();
    log.grow(1);

    refused(Check.RECEIPT_FROM, verify(log.challenge(Life.DEVICE, ISSUED, later), ISSUED - 1));
  }
}
