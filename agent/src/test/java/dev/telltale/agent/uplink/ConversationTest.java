package dev.telltale.agent.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.agent.outbox.ClosedEnvelope;
import dev.telltale.agent.receipt.TestLog;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Code;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Receipt;
import dev.telltale.protocol.message.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationTest {
  @TempDir private Path directory;

  private final FakeUplink uplink = new FakeUplink();
  private final Journalist journalist = new Journalist(InstantSource.system());
  private Device device;
  private Conversation conversation;

  /** Near the overflow, so that only differences can be right. */
  private long now = Long.MAX_VALUE - Duration.ofSeconds(15).toNanos();

  @BeforeEach
  void connect() throws Exception {
    device = new Device(directory);
    conversation = new Conversation(device.outbox, device.collector(), () -> now, journalist);
    conversation.connected(uplink.session());
  }

  @AfterEach
  void close() throws IOException {
    device.close();
  }

  private void envelopes(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      device.envelope();
    }
  }

  private List<Long> sequences() {
    return uplink.take().stream().map(Device::sequence).toList();
  }

  private List<Bytes> advance() throws Exception {
    conversation.advance();
    return uplink.take();
  }

  private List<Long> advanced() throws Exception {
    conversation.advance();
    return sequences();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private Bytes refusal(
      Bytes message, Code code, Check check, long retryAfter, Optional<Refusal.Position> shown) {
    Refusal refusal =
        new Refusal(
            1,
            Device.ID,
            Device.sequence(message),
            Sha256.of(message),
            code,
            check.text(),
            "said so",
            Duration.ofSeconds(retryAfter),
            shown);
    return Device.sign(Refusal.KIND, refusal.encode());
  }

  private Bytes hold(Bytes message, Check check, long retryAfter) {
    return refusal(message, Code.HOLD, check, retryAfter, Optional.empty());
  }

  private Refusal.Position committed(Bytes message) throws Exception {
    Envelope envelope = Envelope.decode(message);
    return new Refusal.Committed(envelope.manifest(), envelope.attest(), envelope.signature());
  }

  @Test
  void eightEnvelopesFlyAndReceiptsMakeRoomForMore() throws Exception {
    envelopes(12);
    List<Bytes> first = advance();
    assertEquals(8, first.size());
    conversation.answered(device.commit(first.get(0)));
    conversation.answered(device.commit(first.get(1)));
    assertEquals(List.of(9L, 10L), advanced());
    assertEquals(10, device.waiting());
    assertEquals(2, journalist.status().envelopes());
    assertEquals(device.log.size() - 1, journalist.status().lastLeaf().orElseThrow());
  }

  @Test
  void aHeldEnvelopeIsSentAgainAloneAndNotBeforeItsTime() throws Exception {
    envelopes(3);
    List<Bytes> sent = advance();
    conversation.answered(hold(sent.getFirst(), Check.REFERENCE_VALUES, 120));
    // What flew behind it is out of order now, which is no news.
    conversation.answered(
        refusal(
            sent.get(1),
            Code.REWIND,
            Check.ORDER_SEQUENCE,
            0,
            Optional.of(new Refusal.Enrolment(Device.RESULT))));
    pass(Duration.ofSeconds(119));
    assertEquals(List.of(), advanced());
    assertEquals(3, device.waiting());
    assertEquals("reference.values", journalist.status().refusal().orElseThrow().check());
    pass(Duration.ofSeconds(1));
    List<Bytes> again = advance();
    assertEquals(List.of(sent.getFirst()), again);
    conversation.answered(device.commit(again.getFirst()));
    assertEquals(List.of(2L, 3L), advanced());
    assertTrue(journalist.status().refusal().isEmpty());
  }

  @Test
  void neitherAChallengeNorAConnectionShortensAHold() throws Exception {
    envelopes(1);
    conversation.answered(hold(advance().getFirst(), Check.DEVICE_REVOKED, 120));
    device.log.grow(1);
    conversation.answered(device.challenge(TestLog.NOON + 1));
    assertEquals(TestLog.NOON + 1, device.outbox.challenge().issued());
    conversation.disconnected();
    conversation.connected(uplink.session());
    pass(Duration.ofSeconds(119));
    assertEquals(List.of(), advanced());
  }

  @Test
  void anOverloadIsOverSoonAfterTheCollectorShowsItself() throws Exception {
    envelopes(1);
    conversation.answered(hold(advance().getFirst(), Check.DEVICE_OVERLOAD, 600));
    conversation.disconnected();
    conversation.connected(uplink.session());
    assertEquals(List.of(), advanced());
    pass(Duration.ofSeconds(1));
    assertEquals(List.of(1L), advanced());
  }

  @Test
  void aLostAnswerIsAskedForAgain() throws Exception {
    envelopes(3);
    List<Bytes> sent = advance();
    pass(Duration.ofSeconds(10));
    assertEquals(List.of(sent.getFirst()), advance());
    pass(Duration.ofSeconds(19));
    assertEquals(List.of(), advance());
    pass(Duration.ofSeconds(1));
    assertEquals(List.of(sent.getFirst()), advance());
    conversation.answered(device.commit(sent.getFirst()));
    assertEquals(List.of(2L, 3L), advanced());
  }

  @Test
  void whatIsNotReleasedIsSentAgainOnANewConnection() throws Exception {
    envelopes(3);
    List<Bytes> sent = advance();
    conversation.answered(device.commit(sent.getFirst()));
    conversation.disconnected();
    assertEquals(List.of(), advance());
    conversation.connected(uplink.session());
    assertEquals(sent.subList(1, 3), advance());
  }

  @Test
  void aForgedReceiptReleasesNothing() throws Exception {
    envelopes(1);
    Bytes sent = advance().getFirst();
    Receipt real = device.receipt(sent);
    TestLog forger = new TestLog(2);
    Receipt otherLog =
        new Receipt(
            1,
            real.salt(),
            real.verdict(),
            real.leaf(),
            real.inclusion(),
            forger.note(),
            real.from(),
            real.consistency());
    List<dev.telltale.protocol.Digest> path = new ArrayList<>(real.inclusion());
    path.set(0, Sha256.of(Bytes.EMPTY));
    Receipt otherPath =
        new Receipt(
            1,
            real.salt(),
            real.verdict(),
            real.leaf(),
            path,
            real.note(),
            real.from(),
            real.consistency());
    for (Bytes forged : List.of(otherLog.encode(), otherPath.encode(), Bytes.utf8("receipt"))) {
      conversation.answered(forged);
      assertEquals(1, device.waiting());
    }
    assertEquals(3, journalist.status().dropped());
    conversation.answered(real.encode());
    assertEquals(0, device.waiting());
  }

  @Test
  void aRefusalOfOtherBytesOrByAnotherKeyChangesNothing() throws Exception {
    envelopes(2);
    List<Bytes> sent = advance();
    Refusal foreign =
        new Refusal(
            1,
            Device.ID,
            1,
            Sha256.of(Bytes.utf8("changed on the way")),
            Code.HOLD,
            "form.type",
            "",
            Duration.ofHours(1),
            Optional.empty());
    conversation.answered(Device.sign(Refusal.KIND, foreign.encode()));
    P256Key stranger = P256Key.generate(Providers.jdk(), new SecureRandom());
    Refusal own =
        new Refusal(
            1,
            Device.ID,
            1,
            Sha256.of(sent.getFirst()),
            Code.HOLD,
            "form.type",
            "",
            Duration.ofHours(1),
            Optional.empty());
    conversation.answered(CoseSign1.sign(stranger, Refusal.KIND, own.encode()).encoded());
    Refusal otherDevice =
        new Refusal(
            1,
            new DeviceId(Device.fill(8, 16)),
            1,
            Sha256.of(sent.getFirst()),
            Code.HOLD,
            "form.type",
            "",
            Duration.ofHours(1),
            Optional.empty());
    conversation.answered(Device.sign(Refusal.KIND, otherDevice.encode()));
    pass(Duration.ofSeconds(10));
    assertEquals(List.of(sent.getFirst()), advance());
    assertEquals(3, journalist.status().dropped());
    assertTrue(journalist.status().refusal().isEmpty());
  }

  @Test
  void aRewindWithinTheChainStartsAgainFromTheOldestOnce() throws Exception {
    envelopes(4);
    List<Bytes> sent = advance();
    Refusal.Position atEnrolment = new Refusal.Enrolment(Device.RESULT);
    for (Bytes ahead : sent.subList(1, 4)) {
      conversation.answered(
          refusal(ahead, Code.REWIND, Check.ORDER_SEQUENCE, 0, Optional.of(atEnrolment)));
    }
    assertEquals(List.of(sent.getFirst()), advance());
    conversation.answered(device.commit(sent.getFirst()));
    List<Bytes> rest = advance();
    assertEquals(sent.subList(1, 4), rest);
    conversation.answered(
        refusal(
            rest.get(2),
            Code.REWIND,
            Check.ORDER_SEQUENCE,
            0,
            Optional.of(committed(sent.getFirst()))));
    assertEquals(List.of(2L), advanced());
  }

  @Test
  void aRewindToAManifestThatIsNotOursIsHeldAndDeletesNothing() throws Exception {
    envelopes(1);
    Bytes sent = advance().getFirst();
    ClosedEnvelope own = device.outbox.unreleased(1, 1).getFirst();
    Refusal.Position foreign =
        new Refusal.Committed(own.manifest().encode(), Bytes.utf8("attest"), Device.fill(4, 64));
    // It stands where this very envelope was committed, and does not give its receipt.
    conversation.answered(refusal(sent, Code.REWIND, Check.ORDER_FORK, 0, Optional.of(foreign)));
    assertEquals(List.of(1L), advanced());
    conversation.answered(
        refusal(
            sent,
            Code.REWIND,
            Check.ORDER_PREVIOUS,
            0,
            Optional.of(new Refusal.Enrolment(Bytes.utf8("another result")))));
    pass(Duration.ofMinutes(9));
    assertEquals(List.of(), advanced());
    pass(Duration.ofMinutes(1));
    assertEquals(List.of(1L), advanced());
    assertEquals(1, device.waiting());
  }

  @Test
  void aPathThatStartsElsewhereMakesTheDeviceSayWhereItIs() throws Exception {
    envelopes(2);
    List<Bytes> sent = advance();
    Receipt lost = device.receipt(sent.get(0));
    conversation.answered(device.commit(sent.get(1)));
    assertEquals(1, uplink.states.size());
    assertEquals(device.outbox.checkpoint().size(), uplink.states.getFirst().size());
    assertEquals(List.of(sent.getFirst()), advance());
    conversation.answered(device.commit(sent.get(1)));
    assertEquals(1, uplink.states.size());
    conversation.answered(lost.encode());
    assertEquals(1, device.waiting());
  }

  @Test
  void anOldReceiptIsNotNews() throws Exception {
    envelopes(1);
    Bytes sent = advance().getFirst();
    Bytes receipt = device.commit(sent);
    conversation.answered(receipt);
    conversation.answered(receipt);
    assertEquals(0, journalist.status().dropped());
    assertEquals(1, journalist.status().envelopes());
  }
}
