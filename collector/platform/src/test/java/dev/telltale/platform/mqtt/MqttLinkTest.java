package dev.telltale.platform.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class MqttLinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String DEVICE = "00112233445566778899aabbccddeeff";
  private static final String UP = "telltale/1/up/" + DEVICE + "/env";
  private static final String DOWN = "telltale/1/dn/" + DEVICE + "/answer";
  private static final byte[] PAYLOAD = "hello".getBytes(UTF_8);

  @TempDir private Path directory;
  private ThrowAwayCa authority;
  private MosquittoBroker broker;
  private SSLContext device;
  private SSLContext collector;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(MosquittoBroker.installed(), "mosquitto is not installed");
    authority = new ThrowAwayCa("test CA");
    broker = MosquittoBroker.start(directory, authority);
    device = authority.client(authority.issue(DEVICE));
    collector = authority.client(authority.issue(MosquittoBroker.COLLECTOR));
  }

  @AfterEach
  void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void carriesMessagesBothWays() throws Exception {
    Inbox above = new Inbox();
    Inbox below = new Inbox();
    try (MqttLink up = connect(collector, "c", above);
        MqttLink down = connect(device, "d", below)) {
      up.subscribe("telltale/1/up/#", PATIENCE);
      down.subscribe(DOWN, PATIENCE);
      down.publish(UP, PAYLOAD, false, PATIENCE);
      up.publish(DOWN, PAYLOAD, false, PATIENCE);
      MqttInbound received = above.messages.poll(20, SECONDS);
      assertNotNull(received);
      assertEquals(UP, received.topic());
      assertArrayEquals(PAYLOAD, received.payload());
      received.ack();
      MqttInbound answer = below.messages.poll(20, SECONDS);
      assertNotNull(answer);
      assertEquals(DOWN, answer.topic());
    }
  }

  @Test
  void refusesABrokerOfAnotherName() throws Exception {
    ThrowAwayCa.Identity other = authority.issue("broker", "elsewhere.example");
    Path folder = directory.resolve("other");
    Files.createDirectories(folder);
    Path ca = folder.resolve("ca.pem");
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    Files.writeString(ca, ThrowAwayCa.pem(authority.certificate()));
    Files.writeString(certificate, ThrowAwayCa.pem(other.certificate()));
    Files.writeString(key, ThrowAwayCa.pem(other.key()));
    try (MosquittoBroker misnamed =
        MosquittoBroker.start(folder, new MosquittoConfig.Tls(ca, certificate, key))) {
      MqttLinkException refused =
          assertThrows(
              MqttLinkException.class,
              () -> MqttLink.connect(misnamed.settings(device, "d"), new Inbox()));
      assertTrue(refused.getMessage().contains("localhost"), refused.getMessage());
    }
  }

  @Test
  void refusesABrokerOfAnotherAuthority() throws Exception {
    ThrowAwayCa stranger = new ThrowAwayCa("test CA");
    SSLContext trusting = stranger.client(stranger.issue(DEVICE));
    assertThrows(MqttLinkException.class, () -> connect(trusting, "d", new Inbox()));
  }

  @Test
  void isRefusedWithoutACertificate() throws Exception {
    SSLContext bare = TlsContexts.anonymous(List.of(authority.certificate()));
    MqttLinkException refused =
        assertThrows(MqttLinkException.class, () -> connect(bare, "d", new Inbox()));
    assertTrue(refused.getMessage().contains("certificate"), refused.getMessage());
  }

  @Test
  void seesADeniedPublishAsAnError() throws Exception {
    try (MqttLink link = connect(device, "d", new Inbox())) {
      String foreign = "telltale/1/up/ffeeddccbbaa99887766554433221100/env";
      for (String topic : List.of(foreign, DOWN, "telltale/1/up/" + DEVICE + "/other")) {
        MqttLinkException refused =
            assertThrows(
                MqttLinkException.class, () -> link.publish(topic, PAYLOAD, false, PATIENCE));
        assertEquals(
            OptionalInt.of(MqttLinkException.NOT_AUTHORIZED),
            refused.reason(),
            topic + ": " + refused.getMessage());
      }
      ExecutionException later =
          assertThrows(
              ExecutionException.class,
              () -> link.publishAsync(foreign, PAYLOAD, false, PATIENCE).get(20, SECONDS));
      assertTrue(later.getCause() instanceof MqttLinkException);
      link.publish(UP, PAYLOAD, false, PATIENCE);
    }
  }

  @Test
  void hearsOfABrokerThatIsKilled() throws Exception {
    Inbox inbox = new Inbox();
    try (MqttLink link = connect(device, "d", inbox)) {
      broker.kill();
      inbox.end.get(5, SECONDS);
      assertFalse(link.connected());
      assertThrows(MqttLinkException.class, () -> link.publish(UP, PAYLOAD, false, PATIENCE));
    }
  }

  @Test
  void hearsOfABrokerThatRestarts() throws Exception {
    Inbox inbox = new Inbox();
    try (MqttLink link = connect(device, "d", inbox)) {
      broker.restart();
      inbox.end.get(5, SECONDS);
      assertFalse(link.connected());
    }
    try (MqttLink again = connect(device, "d", new Inbox())) {
      again.publish(UP, PAYLOAD, false, PATIENCE);
    }
  }

  @Test
  void givesUpABrokerThatHangs() throws Exception {
    Inbox inbox = new Inbox();
    MqttSettings settings =
        broker.settings(device, "d").withTimes(Duration.ofSeconds(1), Duration.ofSeconds(10));
    try (MqttLink link = MqttLink.connect(settings, inbox)) {
      broker.signal("STOP");
      MqttLinkException why = inbox.end.get(10, SECONDS);
      assertNotNull(why.getMessage());
      assertFalse(link.connected());
    } finally {
      broker.signal("CONT");
    }
  }

  @Test
  void losesNothingAcrossARestartOfTheSubscriber() throws Exception {
    int count = 2_000;
    BitSet processed = new BitSet();
    Inbox first = new Inbox();
    MqttSettings reading =
        broker
            .settings(collector, "reader")
            .keepingSession(Duration.ofHours(1))
            .withReceiveMaximum(65_535);
    try (MqttLink publisher = connect(device, "d", new Inbox())) {
      MqttLink reader = MqttLink.connect(reading, first);
      assertFalse(reader.sessionPresent());
      reader.subscribe("telltale/1/up/+/env", PATIENCE);
      List<CompletableFuture<Void>> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] number = Integer.toString(i).getBytes(UTF_8);
        sent.add(publisher.publishAsync(UP, number, false, PATIENCE));
      }
      process(first, processed, count / 2);
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(20, SECONDS);
      reader.cut();
      Inbox second = new Inbox();
      try (MqttLink again = MqttLink.connect(reading, second)) {
        assertTrue(again.sessionPresent());
        process(second, processed, count);
        assertEquals(count, processed.cardinality());
      }
    }
  }

  private static void process(Inbox inbox, BitSet processed, int until) throws Exception {
    while (processed.cardinality() < until) {
      MqttInbound message = inbox.messages.poll(20, SECONDS);
      assertNotNull(message, "lost: " + processed.nextClearBit(0));
      processed.set(Integer.parseInt(new String(message.payload(), UTF_8)));
      message.ack();
    }
  }

  @Test
  void givesAnUnacknowledgedMessageAgain() throws Exception {
    Inbox first = new Inbox();
    MqttSettings reading = broker.settings(collector, "reader").keepingSession(Duration.ofHours(1));
    MqttLink reader = MqttLink.connect(reading, first);
    reader.subscribe("telltale/1/up/+/env", PATIENCE);
    try (MqttLink publisher = connect(device, "d", new Inbox())) {
      publisher.publish(UP, PAYLOAD, false, PATIENCE);
    }
    MqttInbound message = first.messages.poll(20, SECONDS);
    assertNotNull(message);
    reader.close();
    message.ack();
    Inbox second = new Inbox();
    try (MqttLink again = MqttLink.connect(reading, second)) {
      assertNotNull(second.messages.poll(20, SECONDS));
      assertTrue(again.connected());
    }
  }

  @Test
  void publishesTheWillOfALinkThatIsCutAndNotOfOneClosed() throws Exception {
    String state = "telltale/1/up/" + DEVICE + "/state";
    Inbox inbox = new Inbox();
    try (MqttLink watcher = connect(collector, "c", inbox)) {
      watcher.subscribe("telltale/1/up/+/state", PATIENCE);
      MqttSettings settings =
          broker.settings(device, "d").withWill(new MqttWill(state, PAYLOAD, true));
      MqttLink.connect(settings, new Inbox()).close();
      MqttLink.connect(settings, new Inbox()).cut();
      assertNotNull(inbox.messages.poll(20, SECONDS));
      try (MqttLink fence = connect(device, "fence", new Inbox())) {
        fence.publish(state, "fence".getBytes(UTF_8), false, PATIENCE);
      }
      MqttInbound next = inbox.messages.poll(20, SECONDS);
      assertNotNull(next);
      assertEquals("fence", new String(next.payload(), UTF_8));
    }
  }

  @Test
  void keepsNoThreadAfterTenConnections() throws Exception {
    MqttLink.connect(broker.settings(device, "d"), new Inbox()).close();
    PahoThreads.awaitNone();
    for (int i = 0; i < 10; i++) {
      MqttLink link = MqttLink.connect(broker.settings(device, "d"), new Inbox());
      if (i % 2 == 0) {
        link.close();
      } else {
        link.cut();
      }
    }
    PahoThreads.awaitNone();
  }

  private MqttLink connect(SSLContext tls, String clientId, MqttListener listener)
      throws Exception {
    return MqttLink.connect(broker.settings(tls, clientId), listener);
  }
}
