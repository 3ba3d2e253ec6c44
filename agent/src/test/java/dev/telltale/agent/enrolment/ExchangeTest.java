package dev.telltale.agent.enrolment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Code;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.crypto.CoseSign1;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.Grade;
import dev.telltale.protocol.message.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private static final Bytes HELLO = Bytes.utf8("hello");

  private final Channel channel = new Channel();
  private Desk desk;
  private Exchange exchange;

  /** Time passes where there is nothing to hear. */
  private static final class Channel implements JoinChannel {
    final Deque<Bytes> answers = new ArrayDeque<>();
    final List<Long> sentAt = new ArrayList<>();
    long now;

    @Override
    public void send(Bytes message) {
      sentAt.add(Duration.ofNanos(now).toSeconds());
    }

    @Override
    public Optional<Bytes> next(Duration patience) {
      if (answers.isEmpty()) {
        now += patience.toNanos();
        return Optional.empty();
      }
      return Optional.of(answers.pop());
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void open() throws Exception {
    desk = new Desk();
    exchange = new Exchange(Providers.jdk(), desk.openTicket(), channel, () -> channel.now);
  }

  private Bytes refusal(P256Key key, DeviceId ticket, Bytes message, String check) {
    Refusal refusal =
        new Refusal(
            1,
            ticket,
            0,
            Sha256.of(message),
            Code.HOLD,
            check,
            "said so",
            Duration.ofSeconds(90),
            Optional.empty());
    return CoseSign1.sign(key, Refusal.KIND, refusal.encode()).encoded();
  }

  private Bytes refusal(String check) {
    return refusal(desk.message, Desk.TICKET, HELLO, check);
  }

  private String failure() {
    EnrolmentException failure =
        assertThrows(
            EnrolmentException.class, () -> exchange.ask(HELLO, received -> Optional.empty()));
    return String.valueOf(failure.getMessage());
  }

  @Test
  void silenceIsAnsweredByAskingAgainAndNotForEver() {
    String message = failure();
    assertTrue(message.startsWith("enrol.session: the collector does not answer"), message);
    assertEquals(List.of(0L, 5L, 15L, 35L, 65L, 95L, 125L), channel.sentAt);
  }

  @Test
  void aRefusalEndsItWithItsCheckAndText() {
    channel.answers.add(refusal("ticket.used"));
    assertEquals("ticket.used: refused by the collector: said so", failure());
    assertEquals(List.of(0L), channel.sentAt);
  }

  @Test
  void anOverloadedCollectorIsAskedAgainWhenItWantsToBe() {
    channel.answers.add(refusal("device.overload"));
    String message = failure();
    assertTrue(message.startsWith("enrol.session"), message);
    assertEquals(List.of(0L, 90L, 100L), channel.sentAt.subList(0, 3));
  }

  @Test
  void refusalsOfOthersAndByOthersArePassedOver() throws Exception {
    P256Key stranger = P256Key.generate(Providers.jdk(), new SecureRandom());
    channel.answers.add(refusal(stranger, Desk.TICKET, HELLO, "ticket.used"));
    channel.answers.add(refusal(desk.message, Desk.DEVICE, HELLO, "ticket.used"));
    channel.answers.add(
        refusal(desk.message, Desk.TICKET, Bytes.utf8("of another machine"), "ticket.used"));
    channel.answers.add(Bytes.utf8("nonsense"));
    Bytes enrolled = desk.enrolled(desk.result(), desk.facts(Grade.SIMULATION), Desk.DEVICE);
    channel.answers.add(enrolled);
    Bytes answer =
        exchange.ask(
            HELLO,
            received ->
                Optional.of(received.message())
                    .filter(message -> received.answer() instanceof Answer.Completed));
    assertEquals(enrolled, answer);
    assertEquals(List.of(0L), channel.sentAt);
  }
}
