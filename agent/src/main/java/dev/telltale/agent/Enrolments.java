package dev.telltale.agent;

import dev.telltale.agent.enrolment.Identity;
import dev.telltale.agent.enrolment.StateDirectory;
import dev.telltale.agent.tpm.AttestationKeys;
import dev.telltale.agent.tpm.EndorsementKey;
import dev.telltale.agent.tpm.TpmContext;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.tpm.EkTemplate;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** What has to be there of an enrolment before anything else can be. */
final class Enrolments {
  private Enrolments() {}

  static Identity require(StateDirectory state, Providers providers)
      throws AgentException, IOException {
    return state.identity(providers).orElseThrow(Enrolments::none);
  }

  static AgentException none() {
    return new AgentException(
        "this machine is not enrolled: get a ticket and run telltale-agent enrol TICKET --name"
            + " NAME");
  }

  static void requireKey(TpmContext tpm, SecureRandom random, Identity identity)
      throws AgentException, TpmException {
    var key = identity.keys().attestation();
    if (new AttestationKeys(tpm, random).load(key.handle(), key.name()).isEmpty()) {
      throw new AgentException(
          "TPM %s does not hold the attestation key of this enrolment at 0x%08X: another TPM, or one that was cleared; enrol this machine anew"
              .formatted(tpm.address(), key.handle()));
    }
  }

  /** The pinned EK; its certificate is not needed any more. */
  static Optional<EndorsementKey> endorsementKey(Identity identity) {
    return EkTemplate.of(identity.keys().endorsement())
        .map(template ->
            new EndorsementKey(
                template, identity.keys().endorsement(), Optional.empty(), List.of()));
  }
}
