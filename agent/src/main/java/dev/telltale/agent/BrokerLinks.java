package dev.telltale.agent;

import dev.telltale.agent.enrolment.Identity;
import dev.telltale.agent.uplink.MqttUplink;
import dev.telltale.agent.uplink.Uplink;
import dev.telltale.platform.mqtt.MqttAddress;
import dev.telltale.platform.mqtt.MqttInbound;
import dev.telltale.platform.mqtt.MqttLink;
import dev.telltale.platform.mqtt.MqttLinkException;
import dev.telltale.platform.mqtt.MqttListener;
import dev.telltale.platform.mqtt.MqttSettings;
import dev.telltale.platform.mqtt.TlsContexts;
import dev.telltale.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Connections to the broker of an enrolment, with the certificate of the device. */
final class BrokerLinks {
  private BrokerLinks() {}

  static Uplink uplink(Identity identity) throws AgentException {
    Identity.Broker broker = identity.broker();
    return new MqttUplink(
        MqttAddress.parse(broker.address()), tls(identity), broker.clientId(), identity.device());
  }

  /** Connects beside a running agent, and ends at once: only to see that it can be done. */
  static void probe(Identity identity)
      throws AgentException, MqttLinkException, InterruptedException {
    byte[] id = new byte[16];
    new SecureRandom().nextBytes(id);
    MqttSettings settings =
        MqttSettings.to(
            MqttAddress.parse(identity.broker().address()), tls(identity), Bytes.of(id).toHex());
    MqttLink.connect(settings, new Deaf()).close();
  }

  private static SSLContext tls(Identity identity) throws AgentException {
    try {
      List<X509Certificate> chain = new ArrayList<>();
      for (Bytes certificate : identity.keys().chain()) {
        chain.addAll(TlsContexts.certificates(certificate.toArray()));
      }
      return TlsContexts.client(
          TlsContexts.certificates(identity.broker().authority().toArray()),
          chain,
          identity.keys().tls().privateKey());
    } catch (GeneralSecurityException e) {
      throw new AgentException("the device's certificate cannot be used: " + e.getMessage(), e);
    }
  }

  private static final class Deaf implements MqttListener {
    @Override
    public void arrived(MqttInbound message) {}

    @Override
    public void disconnected(MqttLinkException why) {}
  }
}
