package dev.telltale.verifier.enrolment;

import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Check;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.crypto.Providers;
import dev.telltale.protocol.crypto.Suite;
import dev.telltale.protocol.message.Activate;
import dev.telltale.protocol.message.Preimages;
import dev.telltale.protocol.message.Proof;
import dev.telltale.protocol.tpm.TpmName;
import dev.telltale.verifier.Contradiction;
import dev.telltale.verifier.Evidence;
import dev.telltale.verifier.QuoteAppraisal;
import dev.telltale.verifier.QuoteVerifier;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Appraises the third message of an enrolment ({@code spec/enrolment.md}): the TPM recovered every
 * activation secret, and the AK quoted over both earlier messages.
 */
public final class ProofVerifier {

  /** The first two messages as they were sent, by the suite hash of their payloads. */
  public record Conversation(Digest hello, Digest activate, Activate activation) {}

  private final Providers providers;
  private final Suite suite;
  private final QuoteVerifier quotes;

  public ProofVerifier(Providers providers, Suite suite) {
    this.providers = providers;
    this.suite = suite;
    this.quotes = new QuoteVerifier(providers);
  }

  /** With the secrets in the order of the activation's challengers. */
  public QuoteAppraisal appraise(
      Proof proof, Conversation conversation, AkChecks.Accepted ak, List<Bytes> secrets) {
    if (!activated(proof, conversation, secrets)) {
      return new QuoteAppraisal.Contraindicated(
          new Contradiction(
              Check.ENROL_ACTIVATION, "the TPM did not recover the activation secret"));
    }
    return quote(proof, conversation, ak);
  }

  /** The quote alone, as a third party can check it who was not there at the activation. */
  public QuoteAppraisal quote(Proof proof, Conversation conversation, AkChecks.Accepted ak) {
    Bytes preimage =
        Preimages.enrolmentQuote(
            conversation.hello,
            conversation.activate,
            conversation.activation.nonces(),
            proof.bootSeed());
    return quotes.appraise(
        new Evidence(proof.attest(), proof.signature(), proof.values()),
        new QuoteVerifier.Demand(
            ak.point(),
            TpmName.qualifiedEndorsementPrimary(ak.name()),
            OptionalLong.empty(),
            conversation.activation.selection(),
            suite.hash(preimage)));
  }

  private boolean activated(Proof proof, Conversation conversation, List<Bytes> secrets) {
    if (proof.answers().size() != secrets.size()) {
      return false;
    }
    Bytes preimage = Preimages.activation(conversation.hello, conversation.activate);
    boolean all = true;
    for (int i = 0; i < secrets.size(); i++) {
      all &= proof.answers().get(i).value().sameSecret(hmac(secrets.get(i), preimage));
    }
    return all;
  }

  private Bytes hmac(Bytes key, Bytes message) {
    try {
      Mac mac = providers.hmacSha256();
      mac.init(new SecretKeySpec(key.toArray(), "HmacSHA256"));
      return Bytes.of(mac.doFinal(message.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 takes a key of 32 bytes", e);
    }
  }
}
