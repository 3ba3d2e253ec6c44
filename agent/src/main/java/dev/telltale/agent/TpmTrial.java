package dev.telltale.agent;

import dev.telltale.agent.enrolment.Identity;
import dev.telltale.agent.tpm.QualifyingData;
import dev.telltale.agent.tpm.Quoter;
import dev.telltale.agent.tpm.TpmContext;
import dev.telltale.agent.tpm.TpmFacts;
import dev.telltale.agent.tpm.transport.TpmException;
import dev.telltale.protocol.Bytes;
import dev.telltale.protocol.Label;
import java.security.SecureRandom;
import java.time.Duration;

/** Whether the TPM does what it is for. */
record TpmTrial(TpmContext tpm, Identity identity) {
  private static final int DRAWN = 32;

  /** Quotes random bytes that nobody but us has chosen. */
  CheckRow run() {
    byte[] drawn = new byte[DRAWN];
    new SecureRandom().nextBytes(drawn);
    try {
      TpmFacts facts = TpmFacts.of(tpm);
      long start = System.nanoTime();
      new Quoter(tpm)
          .quote(
              identity.keys().attestation(),
              QualifyingData.of(Label.CHECK, Bytes.of(drawn)),
              identity.selection());
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      String quote = "%s, quote %d ms".formatted(facts.manufacturer(), millis);
      return facts.lockedOut()
          ? CheckRow.fail("tpm", quote + ", locked out: " + facts.lockoutCounter() + " failures")
          : CheckRow.ok("tpm", quote + ", not locked out");
    } catch (TpmException e) {
      return CheckRow.fail("tpm", tpm.address() + ": " + e.getMessage());
    }
  }
}
