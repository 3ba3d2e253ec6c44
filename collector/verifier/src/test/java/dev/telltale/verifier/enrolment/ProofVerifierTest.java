package dev.telltale.verifier.enrolment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.crypto.HmacSha256;
import dev.telltale.protocol.crypto.Nist;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Proof;
import dev.telltale.protocol.message.Samples;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.verifier.QuoteAppraisal;
import dev.telltale.verifier.SoftTpm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProofVerifierTest {
  private static final Suite SUITE = new Nist(Providers.jdk());
  private static final ProofVerifier VERIFIER = new ProofVerifier(Providers.jdk(), SUITE);
  private static final SoftTpm TPM = new SoftTpm();
  private static final PcrValues VALUES = Samples.values();
  private static final Bytes CORRELATION = Samples.fill(0xc0, 16);
  private static final Bytes BOOT = Samples.fill(0x0e, 16);
  private static final List<Bytes> SECRETS =
      List.of(Samples.fill(0x51, 32), Samples.fill(0x52, 32));
  private static final Digest HELLO = Samples.digest(0x68);
  private static final Digest ACTIVATE = Samples.digest(0x61);

  private static ProofVerifier.Conversation conversation(Digest hello) {
    List<Activate.Challenger> challengers = new ArrayList<>();
    for (int i = 0; i < SECRETS.size(); i++) {
      challengers.add(
          new Activate.Challenger(
              Samples.digest(i), Samples.fill(1, 68), Samples.fill(2, 68), Samples.digest(8 + i)));
    }
    return new ProofVerifier.Conversation(
        hello, ACTIVATE, new Activate(1, CORRELATION, HELLO, challengers, VALUES.selection()));
  }

  private static Proof proof(SoftTpm tpm, List<Bytes> secrets) {
    ProofVerifier.Conversation conversation = conversation(HELLO);
    Bytes bound =
        Preimages.enrolmentQuote(HELLO, ACTIVATE, conversation.activation().nonces(), BOOT);
    Bytes attest = tpm.quote(SUITE.hash(bound), VALUES).build();
    List<Digest> answers =
        secrets.stream()
            .map(secret -> new Digest(HmacSha256.of(secret, Preimages.activation(HELLO, ACTIVATE))))
            .toList();
    return new Proof(
        1, CORRELATION, answers, attest, tpm.ak().sign(attest), VALUES, BOOT, Bytes.EMPTY);
  }

  private static QuoteAppraisal appraise(Proof proof, Digest hello, List<Bytes> secrets)
      throws MalformedException {
    return VERIFIER.appraise(
        proof, conversation(hello), AkChecks.check(TPM.akPublicArea()), secrets);
  }

  private static void refused(Check check, QuoteAppraisal appraisal) {
    assertEquals(
        check, assertInstanceOf(QuoteAppraisal.Contraindicated.class, appraisal).why().check());
  }

  @Test
  void rightProofIsGenuine() throws MalformedException {
    assertInstanceOf(QuoteAppraisal.Genuine.class, appraise(proof(TPM, SECRETS), HELLO, SECRETS));
  }

  @Test
  void everySecretMustHaveBeenRecovered() throws MalformedException {
    refused(Check.ENROL_ACTIVATION, appraise(proof(TPM, SECRETS.reversed()), HELLO, SECRETS));
    List<Bytes> half = List.of(SECRETS.getFirst(), Samples.fill(0, 32));
    refused(Check.ENROL_ACTIVATION, appraise(proof(TPM, half), HELLO, SECRETS));
    refused(Check.ENROL_ACTIVATION, appraise(proof(TPM, SECRETS.subList(0, 1)), HELLO, SECRETS));
  }

  @Test
  void proofOfAnotherConversationIsRefused() throws MalformedException {
    Proof proof = proof(TPM, SECRETS);
    refused(Check.ENROL_ACTIVATION, appraise(proof, Samples.digest(0x69), SECRETS));
    refused(
        Check.QUOTE_QUALIFYING,
        VERIFIER.quote(
            proof, conversation(Samples.digest(0x69)), AkChecks.check(TPM.akPublicArea())));
  }

  @Test
  void quoteOfAnotherMachineIsRefusedThoughTheSecretsAreRight() throws MalformedException {
    refused(Check.QUOTE_SIGNER, appraise(proof(new SoftTpm(), SECRETS), HELLO, SECRETS));
  }
}
