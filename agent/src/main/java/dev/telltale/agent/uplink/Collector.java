package dev.telltale.agent.uplink;

import dev.telltale.agent.receipt.ChallengeVerifier;
import dev.telltale.agent.receipt.LogKeys;
import dev.telltale.agent.receipt.ReceiptVerifier;
import dev.telltale.protocol.DeviceId;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.PublicPoint;
import dev.telltale.protocol.crypto.Suite;

/**
 * The collector as this device knows it, by the pins of its enrolment: what makes an answer one of
 * its answers.
 */
public record Collector(
    Providers providers, Suite suite, DeviceId device, PublicPoint messageKey, LogKeys log) {
  ReceiptVerifier receipts() {
    return new ReceiptVerifier(suite, log);
  }

  ChallengeVerifier challenges() {
    return new ChallengeVerifier(providers, messageKey, log, suite.number());
  }
}
