package dev.telltale.platform.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class HostileBrokerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String TOPIC = "telltale/1/up/d/env";

  private ThrowAwayCa authority;
  private SSLContext device;

  @BeforeEach
  void certify() throws Exception {
    authority = new ThrowAwayCa("test CA");
    device = authority.client(authority.issue("d"));
  }

  private MqttSettings settings(ScriptedBroker broker) {
    return MqttSettings.to(broker.address(), device, "d");
  }

  private static void answer(OutputStream out, String hex) throws IOException {
    out.write(HexFormat.of().parseHex(hex));
    out.flush();
  }

  @Test
  void leavesNoThreadWhenEveryConnectionIsClosedAtOnce() throws Exception {
    List<ScriptedBroker.Script> scripts =
        List.of(
            socket -> {},
            socket -> answer(socket.getOutputStream(), "2003000000"),
            socket -> answer(socket.getOutputStream(), "ffffffffff"),
            socket -> ScriptedBroker.packet(new DataInputStream(socket.getInputStream())));
    for (ScriptedBroker.Script script : scripts) {
      try (ScriptedBroker broker = new ScriptedBroker(authority, script)) {
        for (int i = 0; i < 5; i++) {
          try {
            MqttLink.connect(settings(broker), new Inbox()).cut();
          } catch (MqttLinkException e) {
            assertNotNull(e.getMessage());
          }
        }
        assertEquals(5, broker.served());
        PahoThreads.awaitNone();
      }
    }
  }

  @Test
  void givesUpABrokerThatNeverAnswersTheConnect() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker(authority, socket -> socket.getInputStream().readAllBytes())) {
      MqttSettings settings =
          settings(broker).withTimes(Duration.ofSeconds(30), Duration.ofMillis(800));
      assertThrows(MqttLinkException.class, () -> MqttLink.connect(settings, new Inbox()));
      PahoThreads.awaitNone();
    }
  }

  @Test
  void saysWhyItWasRefused() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker(
            authority,
            socket -> {
              ScriptedBroker.packet(new DataInputStream(socket.getInputStream()));
              answer(socket.getOutputStream(), "2003008900");
            })) {
      MqttLinkException busy =
          assertThrows(
              MqttLinkException.class, () -> MqttLink.connect(settings(broker), new Inbox()));
      assertEquals(OptionalInt.of(137), busy.reason());
      assertTrue(busy.getMessage().contains("server busy"), busy.getMessage());
      PahoThreads.awaitNone();
    }
  }

  @Test
  void endsTheLinkAtAPacketThatIsTooLarge() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker(
            authority,
            socket -> {
              DataInputStream in = new DataInputStream(socket.getInputStream());
              ScriptedBroker.packet(in);
              answer(socket.getOutputStream(), "2003000000" + "30ffffff7f");
              in.readAllBytes();
            })) {
      Inbox inbox = new Inbox();
      try (MqttLink link = MqttLink.connect(settings(broker), inbox)) {
        MqttLinkException why = inbox.end.get(20, TimeUnit.SECONDS);
        assertTrue(why.getMessage().contains("bytes"), why.getMessage());
        assertTrue(!link.connected());
      } catch (MqttLinkException early) {
        assertTrue(early.getMessage().contains("bytes"), early.getMessage());
      }
    }
  }

  @Test
  void usesNoTopicAliasThoughTheBrokerOffersThem() throws Exception {
    BlockingQueue<String> topics = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker =
        new ScriptedBroker(
            authority,
            socket -> {
              DataInputStream in = new DataInputStream(socket.getInputStream());
              ScriptedBroker.packet(in);
              socket.getOutputStream().write(ScriptedBroker.CONNACK_WITH_ALIASES);
              for (int i = 1; i <= 3; i++) {
                byte[] publish = ScriptedBroker.packet(in);
                topics.add(new String(publish, 2, publish[1], US_ASCII));
                // No properties: the length byte after topic and packet identifier is zero.
                topics.add(Integer.toString(publish[2 + publish[1] + 2]));
                answer(socket.getOutputStream(), "4002000" + i);
              }
              in.readAllBytes();
            })) {
      try (MqttLink link = MqttLink.connect(settings(broker), new Inbox())) {
        for (int i = 0; i < 3; i++) {
          link.publish(TOPIC, new byte[1], false, PATIENCE);
          assertEquals(TOPIC, topics.poll(20, TimeUnit.SECONDS));
          assertEquals("0", topics.poll(20, TimeUnit.SECONDS));
        }
      }
    }
  }

  @Test
  void waitsForAPlaceInTheBrokersWindow() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker(
            authority,
            socket -> {
              DataInputStream in = new DataInputStream(socket.getInputStream());
              ScriptedBroker.packet(in);
              answer(socket.getOutputStream(), "2006000003210002");
              ScriptedBroker.packet(in);
              ScriptedBroker.packet(in);
              answer(socket.getOutputStream(), "40020001");
              in.readAllBytes();
            })) {
      MqttLink link = MqttLink.connect(settings(broker), new Inbox());
      assertEquals(2, link.window());
      CompletableFuture<Void> first = link.publishAsync(TOPIC, new byte[1], false, PATIENCE);
      CompletableFuture<Void> second = link.publishAsync(TOPIC, new byte[1], false, PATIENCE);
      CompletableFuture<Void> third = link.publishAsync(TOPIC, new byte[1], false, PATIENCE);
      first.get(20, TimeUnit.SECONDS);
      assertThrows(
          MqttLinkException.class,
          () -> link.publishAsync(TOPIC, new byte[1], false, Duration.ofMillis(50)));
      link.cut();
      for (CompletableFuture<Void> lost : List.of(second, third)) {
        ExecutionException why =
            assertThrows(ExecutionException.class, () -> lost.get(20, TimeUnit.SECONDS));
        assertTrue(why.getCause() instanceof MqttLinkException, why.toString());
      }
      assertThrows(
          MqttLinkException.class, () -> link.publish(TOPIC, new byte[1], false, PATIENCE));
    }
  }
}
