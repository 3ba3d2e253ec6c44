package dev.telltale.agent.tpm;

import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.agent.tpm.tss.KeyCommands;
import dev.telltale.agent.tpm.tss.LoadedKey;
import dev.telltale.agent.tpm.tss.TpmCommands;
import dev.telltale.protocol.Digest;
import dev.telltale.protocol.MalformedException;
import dev.telltale.protocol.tpm.PcrSelection;
import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmsAttest;
import java.util.Optional;

/** Has structures of the agent signed together with the state of the machine. */
public final class Quoter {
  private static final int TRIES = 5;

  private final TpmContext context;

  public Quoter(TpmContext context) {
    this.context = context;
  }

  /**
   * One quote. The values come from outside the quote, so they are read again until they are those
   * it digests.
   */
  public QuotedEvidence quote(
      AttestationKey key, QualifyingData qualifyingData, PcrSelection selection)
      throws TpmException {
    return context.call(commands -> {
      for (int i = 0; i < TRIES; i++) {
        Optional<QuotedEvidence> evidence =
            quoteOnce(commands, key, qualifyingData.digest(), selection);
        if (evidence.isPresent()) {
          return evidence.get();
        }
      }
      throw new TpmException.Unsuitable("the registers change faster than they can be quoted");
    });
  }

  private static Optional<QuotedEvidence> quoteOnce(
      TpmCommands commands, AttestationKey key, Digest qualifyingData, PcrSelection selection)
      throws TpmException {
    PcrValues values = commands.registers().read(selection);
    KeyCommands.Quoted quoted;
    try (LoadedKey loaded = commands.keys().known(key.handle(), key.area())) {
      quoted = commands.keys().quote(loaded, qualifyingData, selection);
    }
    try {
      TpmsAttest attest = TpmsAttest.parse(quoted.attest());
      TpmsAttest.Quote quote = attest.asQuote();
      requireOurs(attest, key, qualifyingData);
      if (!quote.covers(selection)) {
        throw new TpmException.Unsuitable("the TPM does not quote all of " + selection);
      }
      return quote.pcrDigest().equals(values.digest())
          ? Optional.of(
              new QuotedEvidence(quoted.attest(), quoted.signature(), values, attest.clockInfo()))
          : Optional.empty();
    } catch (MalformedException e) {
      throw new TpmException.Malformed("the TPM's quote: " + e.getMessage());
    }
  }

  private static void requireOurs(TpmsAttest attest, AttestationKey key, Digest qualifyingData)
      throws TpmException {
    if (!attest.qualifiedSigner().equals(key.qualifiedName())) {
      throw new TpmException.Tampered("quoted by another key than ours, or outside its hierarchy");
    }
    if (!attest.extraData().equals(qualifyingData.value())) {
      throw new TpmException.Tampered("quoted something else than we asked for");
    }
  }
}
