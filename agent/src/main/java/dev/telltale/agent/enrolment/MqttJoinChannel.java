package dev.telltale.agent.enrolment;

import dev.telltale.platform.mqtt.MqttAddress;
import dev.telltale.platform.mqtt.MqttInbound;
import dev.telltale.platform.mqtt.MqttLink;
import dev.telltale.platform.mqtt.MqttLinkException;
import dev.telltale.platform.mqtt.MqttListener;
import dev.telltale.platform.mqtt.MqttSettings;
import dev.telltale.platform.mqtt.TlsContexts;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Limits;
import dev.telltale.protocol.message.OpenTicket;
import dev.telltale.protocol.message.Ticket;
import dev.telltale.protocol.message.Topics;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Over MQTT, with the bootstrap certificate of the ticket. */
final class MqttJoinChannel implements JoinChannel {
  private static final int WAITING = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final MqttLink link;
  private final DeviceId ticket;
  private final Inbox inbox;

  /** Other machines of the ticket read the same topic; what is too much is dropped. */
  private static final class Inbox implements MqttListener {
    private final BlockingQueue<Bytes> messages = new ArrayBlockingQueue<>(WAITING);
    private volatile Optional<MqttLinkException> end = Optional.empty();

    @Override
    public void arrived(MqttInbound message) {
      if (message.payload().length > Limits.MESSAGE
          || messages.offer(Bytes.of(message.payload()))) {
        message.ack();
      }
    }

    @Override
    public void disconnected(MqttLinkException why) {
      end = Optional.of(why);
      // Wakes the reader, if it waits.
      messages.offer(Bytes.EMPTY);
    }
  }

  private MqttJoinChannel(MqttLink link, DeviceId ticket, Inbox inbox) {
    this.link = link;
    this.ticket = ticket;
    this.inbox = inbox;
  }

  static MqttJoinChannel open(OpenTicket ticket, String clientId)
      throws IOException, InterruptedException, GeneralSecurityException {
    Ticket content = ticket.ticket();
    SSLContext tls =
        TlsContexts.client(
            TlsContexts.certificates(content.brokerCa().toArray()),
            TlsContexts.certificates(content.bootstrap().certificate().toArray()),
            ticket.bootstrapKey().privateKey());
    MqttSettings settings = MqttSettings.to(address(content.broker()), tls, clientId);
    Inbox inbox = new Inbox();
    MqttLink link = MqttLink.connect(settings, inbox);
    try {
      link.subscribe(Topics.answer(content.id()), PATIENCE);
      return new MqttJoinChannel(link, content.id(), inbox);
    } catch (IOException | InterruptedException e) {
      link.close();
      throw e;
    }
  }

  private static MqttAddress address(String text) throws IOException {
    try {
      return MqttAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("the ticket: " + e.getMessage(), e);
    }
  }

  @Override
  public void send(Bytes message) throws IOException, InterruptedException {
    link.publish(Topics.join(ticket), message.toArray(), false, PATIENCE);
  }

  @Override
  public Optional<Bytes> next(Duration patience) throws IOException, InterruptedException {
    @Nullable Bytes message = inbox.messages.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (message != null && !message.isEmpty()) {
      return Optional.of(message);
    }
    if (inbox.end.isPresent()) {
      throw inbox.end.get();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    link.close();
  }
}
