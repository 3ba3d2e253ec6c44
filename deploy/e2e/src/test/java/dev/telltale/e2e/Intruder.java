package dev.telltale.e2e;

import dev.telltale.platform.mqtt.MqttAddress;
import dev.telltale.platform.mqtt.MqttInbound;
import dev.telltale.platform.mqtt.MqttLink;
import dev.telltale.platform.mqtt.MqttLinkException;
import dev.telltale.platform.mqtt.MqttListener;
import dev.telltale.platform.mqtt.MqttSettings;
import dev.telltale.platform.mqtt.TlsContexts;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.crypto.Sha256;
import dev.telltale.protocol.message.Answer;
import dev.telltale.protocol.message.Challenge;
import dev.telltale.protocol.message.DeviceStatus;
import dev.telltale.protocol.message.Topics;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Speaks to the real broker with somebody's certificate, and hears what that somebody hears. */
final class Intruder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MqttLink link;
  private final DeviceId name;
  private final Providers providers;
  private final PublicPoint messageKey;
  private final BlockingQueue<Bytes> heard;

  private Intruder(
      MqttLink link,
      DeviceId name,
      Providers providers,
      PublicPoint messageKey,
      BlockingQueue<Bytes> heard) {
    this.link = link;
    this.name = name;
    this.providers = providers;
    this.messageKey = messageKey;
    this.heard = heard;
  }

  /** A certificate of the broker's authority, with its key. */
  record Pass(String broker, Bytes authority, List<Bytes> chain, PrivateKey key) {
    MqttLink connect(MqttListener listener) throws IOException, InterruptedException {
      try {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Bytes certificate : chain) {
          certificates.addAll(TlsContexts.certificates(certificate.toArray()));
        }
        MqttSettings settings =
            MqttSettings.to(
                MqttAddress.parse(broker),
                TlsContexts.client(
                    TlsContexts.certificates(authority.toArray()), certificates, key),
                UUID.randomUUID().toString());
        return MqttLink.connect(settings, listener);
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }
  }

  /** Puts all that comes into a queue. */
  record Ear(BlockingQueue<Bytes> heard) implements MqttListener {
    @Override
    public void arrived(MqttInbound message) {
      heard.add(Bytes.of(message.payload()));
      message.ack();
    }

    @Override
    public void disconnected(MqttLinkException why) {}
  }

  static Intruder as(DeviceId name, Pass pass, Providers providers, PublicPoint messageKey)
      throws IOException, InterruptedException {
    BlockingQueue<Bytes> heard = new LinkedBlockingQueue<>();
    MqttLink link = pass.connect(new Ear(heard));
    link.subscribe(Topics.answer(name), PATIENCE);
    return new Intruder(link, name, providers, messageKey, heard);
  }

  /** What the collector answers to this envelope. */
  Answer send(Bytes envelope, long sequence) throws IOException, InterruptedException {
    heard.clear();
    link.publish(Topics.env(name), envelope.toArray(), false, PATIENCE);
    Digest hash = Sha256.of(envelope);
    while (true) {
      Answer answer = next();
      boolean ours =
          switch (answer) {
            case Answer.Refused refused -> refused.refusal().message().equals(hash);
            case Answer.Committed committed -> committed.receipt().sequence() == sequence;
            case Answer.Challenged _, Answer.Activating _, Answer.Completed _ -> false;
          };
      if (ours) {
        return answer;
      }
    }
  }

  /** Says that the device is there, which brings a new challenge. */
  Challenge challenge(long size, Digest root) throws IOException, InterruptedException {
    heard.clear();
    link.publish(
        Topics.state(name), new DeviceStatus(true, size, root).encode().toArray(), false, PATIENCE);
    while (true) {
      if (next() instanceof Answer.Challenged challenged) {
        return challenged.challenge();
      }
    }
  }

  private Answer next() throws IOException, InterruptedException {
    Bytes message = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (message == null) {
      throw new IOException("the collector does not answer");
    }
    try {
      return Answer.open(providers, message, messageKey);
    } catch (MalformedException e) {
      throw new IOException("not an answer", e);
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
