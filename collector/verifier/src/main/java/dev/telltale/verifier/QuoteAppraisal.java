package dev.telltale.verifier;

import dev.telltale.protocol.tpm.PcrValues;
import dev.telltale.protocol.tpm.TpmsAttest;

/** What became of a quote. */
public sealed interface QuoteAppraisal {

  /** Signed by that AK over exactly this data and these register values. */
  record Genuine(TpmsAttest attest, PcrValues values) implements QuoteAppraisal {}

  /** Not so; nothing in it counts. */
  record Contraindicated(Contradiction why) implements QuoteAppraisal {}
}
