package dev.telltale.verifier;

import dev.telltale.protocol.message.Envelope;
import dev.telltale.protocol.message.Manifest;
import dev.telltale.protocol.tpm.TpmsAttest;

/** What became of an envelope before it is opened. */
public sealed interface EnvelopeAppraisal {

  /** Quote, manifest, EKey and ciphertexts belong together and come from this device. */
  record Genuine(Envelope envelope, Manifest manifest, TpmsAttest attest)
      implements EnvelopeAppraisal {}

  /** Not so; nothing in it counts. */
  record Contraindicated(Contradiction why) implements EnvelopeAppraisal {}
}
