package dev.telltale.agent.enrolment;

import dev.telltale.agent.outbox.Beginning;
import dev.telltale.agent.receipt.LogKeys;
import dev.telltale.agent.tpm.AttestationKey;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.crypto.P256Key;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.TpmtPublic;
import java.util.List;

/**
 * What an enrolment left behind: who the device is, its keys, and whom it believes.
 *
 * @param suite number; for the life of this enrolment
 * @param group into which it was enrolled
 * @param leaf of the enrolment in the log
 * @param selection registers every quote covers
 * @param beginning where the outbox begins
 */
public record Identity(
    DeviceId device,
    String name,
    int suite,
    String group,
    long leaf,
    Keys keys,
    Broker broker,
    Pins pins,
    PcrSelection selection,
    Beginning beginning) {

  /**
   * The keys of the device.
   *
   * @param endorsement public area of the EK, to which secrets for this TPM are encrypted
   * @param tls in software for now
   * @param chain DER: the certificate of the TLS key, then those up to the broker's authority
   */
  public record Keys(
      AttestationKey attestation, TpmtPublic endorsement, P256Key tls, List<Bytes> chain) {
    public Keys {
      chain = List.copyOf(chain);
    }
  }

  /**
   * How the collector is reached.
   *
   * @param address {@code mqtts://host:port}
   * @param authority DER; certifies the broker, and has certified the device
   * @param clientId known to the device and the broker only
   */
  public record Broker(String address, Bytes authority, String clientId) {}

  /**
   * Whom the device believes, from the ticket.
   *
   * @param recipients payload of the recipient set
   */
  public record Pins(
      PublicPoint message,
      PublicPoint owner,
      PublicPoint operator,
      Bytes recipients,
      LogKeys log) {}
}
